/** What the backend offers to choose from, in the shape the pages here use. */

export async function loadCatalogue(client) {
  const raw = await client.get("catalogue");
  const kinds = raw.customer_kinds.map(({ key, name }) => ({ key, name }));
  const papers = Object.fromEntries(raw.customer_kinds.map((kind) => [kind.key, kind.documents]));
  return { kinds, papers, templates: raw.subscribe_template_ids };
}
