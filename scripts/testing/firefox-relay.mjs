#!/usr/bin/env node
// Runs in place of a Firefox that Playwright controls with WebDriver BiDi: starts the real one and relays
// messages. Answers the command for media features, which Firefox lacks and Playwright always sends. Uses the
// URL as the missing id of a link's download, because Playwright ignores downloads without one.
import { spawn } from "node:child_process";
import { WebSocket, WebSocketServer } from "ws";

const unknown = "emulation.setMediaFeaturesOverride";

const firefox = spawn(process.env.FIREFOX_BEHIND_RELAY, process.argv.slice(2), {
  stdio: ["ignore", "inherit", "pipe"],
});
firefox.on("exit", (code) => process.exit(code ?? 1));
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, () => firefox.kill(signal));

let heard = "";
firefox.stderr.on("data", (chunk) => {
  heard += chunk;
  const found = /WebDriver BiDi listening on (ws:\/\/\S+)\s/.exec(heard);
  process.stderr.write(found ? "" : chunk);
  if (found && !relay) relay = open(found[1]);
});

function withDownloadId(text) {
  if (!text.includes('"browsingContext.download')) return text;
  const message = JSON.parse(text);
  const { method, params } = message;
  if (method === "browsingContext.downloadWillBegin" || method === "browsingContext.downloadEnd")
    params.download ??= params.navigation ?? params.url;
  return JSON.stringify(message);
}

let relay;
function open(address) {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0 }, () => {
    process.stderr.write(`WebDriver BiDi listening on ws://127.0.0.1:${server.address().port}\n`);
  });
  server.on("connection", (client, request) => {
    const browser = new WebSocket(address + request.url);
    const waiting = [];
    browser.on("open", () => {
      for (const text of waiting.splice(0)) browser.send(text);
    });
    client.on("message", (data) => {
      const text = data.toString();
      const { id, method } = JSON.parse(text);
      if (method === unknown) client.send(JSON.stringify({ type: "success", id, result: {} }));
      else if (browser.readyState === WebSocket.OPEN) browser.send(text);
      else waiting.push(text);
    });
    browser.on("message", (data) => client.send(withDownloadId(data.toString())));
    client.on("close", () => browser.close());
    browser.on("close", () => client.close());
    browser.on("error", () => client.close());
  });
  return server;
}
