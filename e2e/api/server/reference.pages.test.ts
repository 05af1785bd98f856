import { describe, expect, it } from "vitest";
import { baseUrl } from "@/e2e/support/api/client";

describe("the interactive reference", () => {
  it("has a title before its scripts load", async () => {
    const html = await (await fetch(`${baseUrl}/docs`)).text();
    expect(html).toContain("Loading the reference…");
    expect(html).toMatch(/<h1[^>]*>Rollcall API<\/h1>/);
  });

  it("is a page of the product that loads nothing from other hosts", async () => {
    const response = await fetch(`${baseUrl}/docs`);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toMatch(/^text\/html/);
    const html = await response.text();
    const addresses = [...html.matchAll(/(?:src|href|action|srcset)\s*=\s*["']([^"']+)["']/gi)].map(
      ([, address = ""]) => address,
    );
    expect(addresses.length).toBeGreaterThan(0);
    for (const address of addresses)
      expect(new URL(address, `${baseUrl}/docs`).origin, address).toBe(baseUrl);
    expect(html).not.toMatch(/(?:src|href)\s*=\s*["']\/\//i);
  });

  it("has scripts and styles that all exist and import nothing from other hosts", async () => {
    const html = await (await fetch(`${baseUrl}/docs`)).text();
    const files = [...html.matchAll(/(?:src|href)="(\/_next\/[^"]+)"/g)].map(([, file = ""]) => file);
    expect(files.length).toBeGreaterThan(0);
    for (const file of new Set(files)) {
      const response = await fetch(baseUrl + file);
      expect(response.status, file).toBe(200);
      const text = await response.text();
      if (file.includes(".css")) expect(text, file).not.toMatch(/@import|url\(["']?https?:/);
    }
  });
});
