#!/usr/bin/env node
// Stands in for a Firefox that Playwright starts and drives by WebDriver BiDi: starts the real one, and passes messages on.
// Playwright always emulates media features, which Firefox doesn't know yet: that command is answered here. Playwright also
// ignores a download without an id, and Firefox gives none to a link's download: its address takes the id's place.
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
