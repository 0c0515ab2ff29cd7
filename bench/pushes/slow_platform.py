"""python -m bench.pushes.slow_platform PORT SECONDS: a platform that does nothing but let every message wait so long."""

import asyncio
import json
import sys
from functools import partial
from itertools import count

_numbers = count(1)


async def serve(port: int, takes: float) -> None:
    """Answers what the service asks: a token, and messages taken."""
    server = await asyncio.start_server(partial(_talk, takes=takes), "127.0.0.1", port)
    await server.serve_forever()


async def _talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, takes: float) -> None:
    try:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            length = int(head.partition(b"content-length:")[2].partition(b"\r\n")[0] or 0)
            await reader.readexactly(length)
            is_token = b"token" in head.partition(b"\r\n")[0].partition(b"?")[0]
            body = await _answer(0 if is_token else takes)
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n")
            writer.write(f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def _answer(takes: float) -> bytes:
    if not takes:
        return json.dumps({"access_token": "t", "expires_in": 7200}).encode()
    await asyncio.sleep(takes)
    return json.dumps({"errcode": 0, "errmsg": "ok", "msgid": next(_numbers)}).encode()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), float(sys.argv[2])))
