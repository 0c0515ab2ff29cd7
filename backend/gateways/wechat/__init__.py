"""WeChat and WeCom: their protocol lives here and nowhere else.

Inbound: `codec` (signature, AES, XML and JSON) and `receipts`. Outbound: `official_account`, `mini_program`, `wecom`,
all through one `door` each, which knows the shared token, the time limits and what the platform's refusals mean.
"""
