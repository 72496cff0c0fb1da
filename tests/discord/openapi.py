"""Checks recorded requests against Discord's own description of its API (the file that $DISCORD_OPENAPI names), with closed objects so
that a misspelt field is found; and what that description misses. Without the file only the latter."""
import functools
import json
import os
import re
import sys

FILE = os.environ.get("DISCORD_OPENAPI")
checked = 0

try:
    import jsonschema
except ImportError:
    sys.path.append("/usr/lib/python3/dist-packages")
    try:
        import jsonschema
    except ImportError:
        jsonschema = None


def close(node):
    """No object may have fields that its schema does not name."""
    if isinstance(node, dict):
        if "properties" in node and not {"allOf", "anyOf", "oneOf"} & node.keys():
            node.setdefault("additionalProperties", False)
        for value in node.values():
            close(value)
    elif isinstance(node, list):
        for value in node:
            close(value)


@functools.lru_cache
def description():
    with open(FILE, encoding="utf-8") as file:
        whole = json.load(file)
    close(whole)
    return whole


@functools.lru_cache
def paths():
    return [(re.compile(re.sub(r"\\{[^/]+?\\}", "([^/]+)", re.escape(path)) + "$"), item) for path, item in description()["paths"].items()]


def operation(method, path):
    # "/users/@me" before "/users/{user_id}": the path with the fewest braces wins.
    found = [(pattern.groups, item) for pattern, item in paths() if pattern.match(path)]
    assert found, f"{path}: Discord has no such path"
    item = min(found, key=lambda one: one[0])[1]
    assert method.lower() in item, f"{method} {path}: Discord has no such method"
    return item[method.lower()]


def check_one(request):
    global checked
    path = re.sub(r"^/api/v10", "", request.path)
    found = operation(request.method, path)
    for parameter in (part.split("=")[0] for part in request.query.split("&") if part):
        assert any(p.get("name") == parameter for p in found.get("parameters", [])), f"{path}: no parameter {parameter}"
    content = found.get("requestBody", {}).get("content", {})
    body = request.json()
    checked += 1
    if body is None:
        return
    kind = "multipart/form-data" if request.headers["content-type"].startswith("multipart") else "application/json"
    schema = content.get("application/json", content.get(kind))["schema"]
    validator = jsonschema.Draft202012Validator(
        {**schema, "components": description()["components"]}, format_checker=jsonschema.FormatChecker())
    errors = sorted(validator.iter_errors(body), key=lambda error: len(error.path))
    assert not errors, f"{request.method} {path}: {jsonschema.exceptions.best_match(errors).message[:300]} in {json.dumps(body)[:400]}"


def check_more(request):
    """What the description misses."""
    where = f"{request.method} {request.path}"
    assert request.headers.get("user-agent", "").startswith("DiscordBot ("), where + ": User-Agent"
    open_to_all = "/interactions/" in request.path or "/webhooks/" in request.path
    assert ("authorization" in request.headers) != open_to_all, where + ": Authorization"
    body = request.json()
    if body is None:
        return
    assert "content-type" in request.headers, where
    message = body if re.search(r"/messages(/@original)?$|/webhooks/\d+/[^/]+$", request.path) else None
    if request.path.endswith("/callback") and body["type"] in (4, 7):
        message = body["data"]
    if message is None:
        return
    assert len(message.get("content", "")) <= 2000, where + ": longer than 2000"
    assert message.get("allowed_mentions", {}).get("parse") == [], where + ": allowed_mentions"
    if re.search(r"/channels/\d+/messages$", request.path):
        assert 1 <= len(message["nonce"]) <= 25 and message["enforce_nonce"] is True, where + ": nonce"
    for row in message.get("components", []):
        for one in row["components"]:
            assert 1 <= len(one.get("custom_id", "")) <= 100, where + ": custom_id"


def check(requests):
    for _, request, _ in requests:
        if "discord.js" in request.headers.get("user-agent", "").lower():
            continue
        check_more(request)
        if FILE and jsonschema:
            check_one(request)


def tell():
    if not FILE:
        print("SKIPPED: requests were not compared with Discord's OpenAPI description: $DISCORD_OPENAPI names no file", flush=True)
    elif not jsonschema:
        print("SKIPPED: requests were not compared with Discord's OpenAPI description: no python3-jsonschema", flush=True)
    else:
        print(f"{checked} requests agree with Discord's OpenAPI description", flush=True)
