import { createServer, type Server, type Socket } from "node:net";

/** Starts an SMTP server that stores the messages it receives. `refuseNext` makes it refuse one. */
export async function startMailbox(): Promise<{
  port: number;
  mails: string[];
  server: Server;
  refuseNext(): void;
}> {
  const mails: string[] = [];
  let refusals = 0;
  const server = createServer((socket: Socket) => {
    let data: string | undefined;
    let rest = "";
    socket.on("error", () => undefined);
    socket.write("220 mailbox\r\n");
    socket.on("data", (chunk) => {
      rest += chunk.toString();
      for (let end = rest.indexOf("\r\n"); end >= 0; end = rest.indexOf("\r\n")) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        if (data !== undefined) {
          if (line === ".") {
            if (refusals > 0) {
              refusals--;
              socket.write(`451 not now: ${data.replaceAll("\n", " ")}\r\n`);
            } else {
              mails.push(data);
              socket.write("250 kept\r\n");
            }
            data = undefined;
          } else data += `${line}\n`;
        } else if (/^DATA/i.test(line)) {
          data = "";
          socket.write("354 go on\r\n");
        } else if (/^QUIT/i.test(line)) socket.end("221 bye\r\n");
        else socket.write("250 fine\r\n");
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : 0,
    mails,
    server,
    refuseNext: () => void refusals++,
  };
}

/** Returns a message with its folded lines joined. */
export const plainMail = (mail: string) => {
  const [head = "", ...rest] = mail.split("\n\n");
  const body = rest.join("\n\n");
  if (/^Content-Transfer-Encoding: base64/im.test(head)) return Buffer.from(body, "base64").toString("utf8");
  return Buffer.from(
    body
      .replace(/=\n/g, "")
      .replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
    "latin1",
  ).toString("utf8");
};
