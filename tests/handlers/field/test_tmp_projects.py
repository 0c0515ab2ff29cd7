from pathlib import Path
from tests.support.project import Works
from tests.support.town import Town
OUT = Path("/tmp/jplug")
async def shoot(page, name):
    for width in (360, 1280):
        await page.set_viewport_size({"width": width, "height": 760})
        await page.screenshot(path=OUT / f"{name}-{width}.png", full_page=True)
        print(name, width, await page.evaluate("document.documentElement.scrollWidth - innerWidth"))
async def login(page, url, who):
    await page.context.clear_cookies()
    await page.goto(url + "/m/tasks")
    await page.fill("[name=login]", who); await page.fill("[name=password]", "lantian-demo"); await page.click("form button")
async def test_shots(page, office, simulator_process):
    page.on("console", lambda m: print("CONSOLE", m.text)); page.on("pageerror", lambda e: print("ERR", e))
    works = Works.found(Town(backend=office.url, platform=simulator_process.url))
    url = f"{office.url}/m/projects/{works.id}"
    await login(page, office.url, "customer_manager")
    await page.goto(office.url + "/m/projects"); await shoot(page, "list")
    await page.goto(url); await shoot(page, "lead")
    works.hand_off()
    await login(page, office.url, "designer"); 
    task = works.tasks("designer", "design")[0]
    await page.goto(f"{office.url}/m/tasks/{task['id']}"); await shoot(page, "task")
    works.survey(metres=12.5)
    await page.goto(url); await page.click("summary:has-text('登记勘察结果')"); await shoot(page, "design")
    works.draw(); works.do("customer_manager", "permit", reference="新城管〔2026〕18号")
    works.order("accept", crew="一队"); works.order("start"); works.order("progress", note="立管完成", document_ids=[works.upload("contractor")])
    await login(page, office.url, "contractor"); await page.goto(url); await shoot(page, "build")
    works.order("complete"); r = works.convene(); works.sign(r, "owner")
    await login(page, office.url, "inspector"); await page.goto(url); await page.click("summary:has-text('验收不合格')"); await shoot(page, "inspect")
    for party in ("designer", "contractor", "gas_company"): works.sign(r, party)
    works.desk("inspector").post(f"/api/staff/acceptance-rounds/{r}/pass")
    await page.goto(url); await shoot(page, "done")
    res = Works.found(works.town, "resident"); res.finish()
    await login(page, office.url, "contractor"); await page.goto(f"{office.url}/m/projects/{res.id}"); await shoot(page, "settle")
