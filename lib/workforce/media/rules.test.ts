import { describe, expect, test } from "vitest";
import { newId } from "@/lib/platform/ids";
import { isKey } from "@/lib/platform/storage/server/store";
import {
  fileOfKey,
  isWanted,
  mediaFileOf,
  mediaUrl,
  smallPicture,
  storedKey,
  uploadKey,
} from "@/lib/workforce/media/rules";

const media = { workspaceId: newId(), agentId: newId(), id: newId() };
const revision = newId();

describe("keys", () => {
  test("contain the file and the part of it", () => {
    expect(fileOfKey(uploadKey(media))).toEqual({ id: media.id, part: "upload" });
    for (const key of [
      storedKey(media, revision, "image/webp", 96),
      storedKey(media, revision, "audio/mpeg"),
    ]) {
      expect(fileOfKey(key)).toEqual({ id: media.id, part: revision });
      expect(isKey(key)).toBe(true);
    }
    expect(fileOfKey("tmp/x")).toBeUndefined();
  });

  test.each(["", "/", "a/", "/a", "a//b", "../a", "a/../b", "a/.b", "a\\b", "A", "a b", "a%2fb", "a\0"])(
    "can't be %j",
    (text) => {
      expect(isKey(text)).toBe(false);
    },
  );
});

test("a stored file is needed as long as its row says so", () => {
  const waiting = { finishedAt: null, revision: null };
  const finished = { finishedAt: new Date(), revision };
  expect(isWanted("upload", waiting)).toBe(true);
  expect(isWanted("upload.0a1b2c.part", waiting)).toBe(false);
  expect(isWanted(revision, waiting)).toBe(false);
  expect(isWanted("upload", finished)).toBe(false);
  expect(isWanted(revision, finished)).toBe(true);
  expect(isWanted(newId(), finished)).toBe(false);
  expect(isWanted("upload", undefined)).toBe(false);
});

test("a media URL resolves to its file for its own agent only", () => {
  const address = mediaUrl("https://rollcall.example", media);
  expect(mediaFileOf("https://rollcall.example", media, address)).toBe(media.id);
  expect(mediaFileOf("https://rollcall.example", { ...media, agentId: newId() }, address)).toBeUndefined();
  expect(mediaFileOf("https://elsewhere.example", media, address)).toBeUndefined();
  expect(mediaFileOf("https://rollcall.example", media, `${address}?size=96`)).toBeUndefined();
});

test("lists show the small picture if there is one", () => {
  const address = mediaUrl("https://rollcall.example", media);
  expect(smallPicture(address)).toBe(`${address}?size=96`);
  expect(smallPicture("https://elsewhere.example/robin.webp")).toBe("https://elsewhere.example/robin.webp");
  expect(smallPicture(undefined)).toBeUndefined();
});
