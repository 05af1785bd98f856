import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { call } from "@/e2e/support/api/client";
import { describeEntityTags } from "@/e2e/support/api/entity-tags";
import {
  expectRefusal,
  makeAgent,
  makeTimeOff,
  makeTimeOffType,
  makeWorkspace,
  type TestWorkspace,
} from "@/e2e/support/api/fixtures";
import type { TimeOffType } from "@/lib/hours/time-off/types-contract";
import type { AuditPage } from "@/lib/records/audit/contract";

interface Page {
  results: TimeOffType[];
  nextPageToken?: string;
  total: number;
}

let here: TestWorkspace;
beforeAll(async () => {
  here = await makeWorkspace();
});

const params = (timeOffTypeId?: string, workspaceId = here.id) => ({
  workspaceId,
  ...(timeOffTypeId ? { timeOffTypeId } : {}),
});
const list = async (query = {}, where = here) =>
  (await call<Page>("listTimeOffTypes", { params: params(undefined, where.id), as: where.key, query })).body;
const create = (body: unknown, where = here) =>
  call<TimeOffType>("createTimeOffType", { params: params(undefined, where.id), as: where.key, body });
const patch = (id: string, body: unknown, where = here, headers = {}) =>
  call<TimeOffType>("patchTimeOffType", { params: params(id, where.id), as: where.key, body, headers });
const remove = (id: string, where = here, headers = {}) =>
  call("deleteTimeOffType", { params: params(id, where.id), as: where.key, headers });
const namesOf = ({ results }: Page) => results.map(({ name }) => name);

describe("types of time off", () => {
  it("are four in a new workspace", async () => {
    const page = await list({}, await makeWorkspace());
    expect(page).toMatchObject({
      results: [
        { name: "Vacation", approval: "required", private: false, position: 0 },
        { name: "Sick", approval: "automatic", private: true, position: 1 },
        { name: "Training", approval: "required", private: false, position: 2 },
        { name: "Other", approval: "required", private: true, position: 3 },
      ],
      total: 4,
    });
  });

  it("have a place in the list, which creating, moving and deleting keep without gaps", async () => {
    const where = await makeWorkspace();
    const { body: last } = await create({ name: "Last" }, where);
    const { body: second } = await create({ name: "Second", position: 1 }, where);
    expect(namesOf(await list({}, where))).toEqual([
      "Vacation",
      "Second",
      "Sick",
      "Training",
      "Other",
      "Last",
    ]);
    await patch(last.id, { position: 0 }, where);
    await patch(second.id, { position: 49 }, where);
    await remove((await list({}, where)).results[1]?.id ?? "", where);
    const page = await list({}, where);
    expect(namesOf(page)).toEqual(["Last", "Sick", "Training", "Other", "Second"]);
    expect(page.results.map(({ position }) => position)).toEqual([0, 1, 2, 3, 4]);
  });

  it("come in pages", async () => {
    const where = await makeWorkspace();
    const names: string[] = [];
    let pageToken: string | undefined;
    do {
      const page = await list({ limit: 1, ...(pageToken && { pageToken }) }, where);
      names.push(...namesOf(page));
      pageToken = page.nextPageToken;
    } while (pageToken);
    expect(names).toEqual(["Vacation", "Sick", "Training", "Other"]);
  });

  it("need a name that no other type has, regardless of case", async () => {
    const name = randomUUID();
    const { body } = await create({ name });
    expectRefusal(await create({ name: name.toUpperCase() }), 409, "TimeOffTypeAlreadyExists");
    const { body: other } = await create({ name: randomUUID() });
    expectRefusal(await patch(other.id, { name }), 409, "TimeOffTypeAlreadyExists");
    expect((await patch(body.id, { name: name.toUpperCase() })).status).toBe(200);
  });

  it("are at most 50, also for concurrent requests", async () => {
    const where = await makeWorkspace();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => create({ name: randomUUID() }, where)),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(46);
    for (const answer of answers)
      if (answer.status !== 201) expectRefusal(answer, 409, "TooManyTimeOffTypes");
    expect((await list({ limit: 100 }, where)).results.map(({ position }) => position)).toEqual(
      Array.from({ length: 50 }, (_, index) => index),
    );
  });

  it("are kept while time off has them", async () => {
    const typeId = await makeTimeOffType(here);
    const agent = await makeAgent(here);
    const timeOffId = await makeTimeOff(here, agent.id, { typeId });
    expectRefusal(await remove(typeId), 409, "TimeOffTypeInUse");
    await call("deleteTimeOff", {
      params: { workspaceId: here.id, agentId: agent.id, timeOffId },
      as: here.key,
    });
    expect((await remove(typeId)).status).toBe(204);
    expectRefusal(await remove(typeId), 404, "TimeOffTypeNotFound");
  });

  it.each([
    [{ name: "" }, ["name"]],
    [{ approval: "never" }, ["approval"]],
    [{ private: "yes" }, ["private"]],
    [{ position: 50 }, ["position"]],
    [{ position: -1 }, ["position"]],
    [{ colour: "red" }, ["colour"]],
  ])("are refused with %j", async (body, paths) => {
    expectRefusal(await create({ name: randomUUID(), ...body }), 422, "InvalidTimeOffType", paths);
    expectRefusal(await patch(await makeTimeOffType(here), body), 422, "InvalidTimeOffType", paths);
  });

  it("are in the audit log and not visible from another workspace", async () => {
    const { body } = await create({ name: "Audited" });
    await patch(body.id, { private: true });
    await remove(body.id);
    const { body: log } = await call<AuditPage>("listAuditEvents", {
      params: { workspaceId: here.id },
      as: here.key,
      query: { limit: 100 },
    });
    const actions = log.results.filter(({ target }) => target?.id === body.id).map(({ action }) => action);
    expect(actions.toReversed()).toEqual([
      "timeOffType.created",
      "timeOffType.changed",
      "timeOffType.deleted",
    ]);
    const elsewhere = await makeWorkspace();
    expectRefusal(await patch(await makeTimeOffType(here), {}, elsewhere), 404, "TimeOffTypeNotFound");
  });
});

describeEntityTags("time off type", {
  make: () => create({ name: randomUUID() }) as never,
  get: (id, headers) => call("getTimeOffType", { params: params(id), as: here.key, headers }),
  patch: (id, headers, body = { name: randomUUID() }) => patch(id, body, here, headers) as never,
  remove: (id, headers) => remove(id, here, headers),
});
