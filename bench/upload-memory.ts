// Measures the memory of uploads: posts 20 MiB recordings to a running server and watches its resident set.
// `npx tsx bench/upload-memory.ts <origin> <pid of the server> <access key>`, on Linux.
import { readFileSync } from "node:fs";
import { request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

const [origin = "", pid = "", key = ""] = process.argv.slice(2);
const headers = { Authorization: `AccessKey ${key}` };
const mebibyte = 1024 * 1024;

const memory = (name: "VmRSS" | "VmHWM") =>
  Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;

async function get<T>(path: string, method = "GET"): Promise<T> {
  const answer = await fetch(origin + path, { method, headers });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

interface Upload {
  url: string;
  formData: Record<string, string>;
}

/** Posts a file in chunks as fast as the server reads; returns the status and the peak resident set. */
async function post({ url, formData }: Upload, size: number): Promise<{ status: number; peak: number }> {
  const boundary = "upload-memory";
  const fields = Object.entries(formData).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const head = `${fields.join("")}--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="x"\r\nContent-Type: application/octet-stream\r\n\r\n`;
  const tail = `\r\n--${boundary}--\r\n`;
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, memory("VmRSS"));
  }, 2);
  const status = await new Promise<number>((resolve, reject) => {
    const sending = request(url, {
      method: "POST",
      headers: {
        "Content-Type": `multipart/form-data; boundary=${boundary}`,
        "Content-Length": head.length + size + tail.length,
      },
    });
    sending.on("response", (answer) => answer.resume().on("end", () => resolve(answer.statusCode ?? 0)));
    sending.on("error", reject);
    sending.write(head);
    let left = size;
    const piece = Buffer.alloc(64 * 1024, 1);
    const more = () => {
      while (left > 0) {
        left -= piece.length;
        if (!sending.write(piece)) return void sending.once("drain", more);
      }
      sending.end(tail);
    };
    more();
  });
  clearInterval(watch);
  return { status, peak };
}

const { results: workspaces } = await get<{ results: { id: string }[] }>("/api/workspaces");
const base = `/api/workspaces/${workspaces[0]?.id}/agents`;
const { results: agents } = await get<{ results: { id: string }[] }>(`${base}?limit=1`);
const presign = () => get<Upload>(`${base}/${agents[0]?.id}/presigned-upload/audio`, "POST");

// Code loaded by the first upload stays loaded.
await post(await presign(), 64 * 1024);
for (let round = 1; round <= 8; round++) {
  const upload = await presign();
  await sleep(500);
  const before = memory("VmRSS");
  const { status, peak } = await post(upload, 20 * mebibyte);
  const raised = (Math.max(peak, before) - before).toFixed(1);
  console.log(
    `upload ${round}: ${status}; resident ${before.toFixed(1)} MiB, raised by ${raised} MiB at most`,
  );
}
