import type { Page } from "@playwright/test";
import { AgentListPage, listPath } from "@/e2e/support/ui/agent-list";
import { expect, test } from "@/e2e/support/ui/fixtures";
import { patchUser } from "@/lib/access/people/contract";
import { deleteAgent, patchAgent } from "@/lib/agents/agents/contract";
import { patchAvailability } from "@/lib/availability/declared/contract";
import { getTeam, patchTeam } from "@/lib/workforce/teams/contract";

// Each timeout is shorter than the 30 seconds after which lists refetch anyway.

/** Waits until the event stream of the browser is open. */
async function opened(page: Page, address: string): Promise<void> {
  const stream = page.waitForResponse((response) => response.request().resourceType() === "eventsource");
  await page.goto(address);
  expect((await stream).status()).toBe(200);
}

test("a change in one browser shows in the other: list, agent and settings", async ({
  openAs,
  make,
  api,
  editorOf,
  messages,
}) => {
  const words = messages("availability");
  const agent = await make.agent();
  const team = await make.team();
  const [mine, theirs] = [await openAs("supervisor"), await openAs("viewer")];
  const [list, seen] = [new AgentListPage(mine, messages), new AgentListPage(theirs, messages)];
  await opened(theirs, listPath(agent.name));
  await opened(mine, listPath(agent.name));
  await list.status(agent.name, agent.status).click();
  await mine.getByRole("menuitemradio", { name: words("status.offline") }).click();
  await expect(seen.row(agent.name)).toContainText(words("status.offline"));

  const editor = editorOf(theirs, agent.id);
  await opened(theirs, `/w/northwind/agents/${agent.id}`);
  await api.call(patchAgent, { params: { agentId: agent.id }, body: { bio: "Written elsewhere" } });
  await expect(theirs.getByText("Written elsewhere")).toBeVisible();
  expect(editor.sent).toEqual([]);

  await opened(theirs, `/w/northwind/settings/teams?q=${encodeURIComponent(team.name)}`);
  await expect(theirs.getByRole("row", { name: team.name })).toBeVisible();
  await api.call(patchTeam, { params: { teamId: team.id }, body: { name: `${team.name} renamed` } });
  await expect(theirs.getByRole("row", { name: `${team.name} renamed` })).toBeVisible();
});

test("what is being edited is kept, with a note that it changed", async ({
  openAs,
  make,
  api,
  editorOf,
  messages,
}) => {
  const t = messages("profile");
  const { id } = await make.agent({ bio: "Before" });
  const editor = editorOf(await openAs("supervisor"), id);
  await opened(editor.page, `/w/northwind/agents/${id}`);
  await editor.text("bio").fill("Mine");
  await api.call(patchAgent, {
    params: { agentId: id },
    body: { bio: "Theirs", outOfOfficeResponse: "Away" },
  });
  await expect(editor.page.getByText(t("save.overlap", { fields: t("fields.bio") }))).toBeVisible();
  await expect(editor.text("bio")).toHaveValue("Mine");

  const team = await make.team();
  const page = await openAs("supervisor");
  await opened(page, `/w/northwind/settings/teams?edit=${team.id}`);
  const panel = page.getByRole("dialog", { name: team.name });
  const common = messages("settings");
  const description = panel.getByRole("textbox", { name: common("common.description") });
  // The form has no input, so it shows the new values.
  await expect(description).toBeVisible();
  await api.call(patchTeam, { params: { teamId: team.id }, body: { description: "First" } });
  await expect(description).toHaveValue("First");
  await description.fill("Mine");
  await api.call(patchTeam, { params: { teamId: team.id }, body: { description: "Second" } });
  await expect(panel.getByText(common("common.changedMeanwhile"))).toBeVisible();
  await expect(description).toHaveValue("Mine");
  expect((await api.call(getTeam, { params: { teamId: team.id } })).description).toBe("Second");
});

test("after a time without network, the page catches up without a reload", async ({
  openAs,
  make,
  api,
  guard,
  messages,
}) => {
  const words = messages("availability");
  const agent = await make.agent();
  const page = await openAs("viewer");
  const seen = new AgentListPage(page, messages);
  await opened(page, listPath(agent.name));
  await expect(seen.row(agent.name)).toContainText(words(`status.${agent.status}`));
  guard.allowNoAnswer();
  // Playwright's offline mode does not close an open stream, so end the stream and fail the reconnection.
  await page.context().setOffline(true);
  await api.call(patchAvailability, { params: { agentId: agent.id }, body: { status: "offline" } });
  await page.evaluate(() => fetch("/api/health").catch(() => undefined));
  await page.context().setOffline(false);
  await expect(seen.row(agent.name)).toContainText(words("status.offline"));
});

test("tabs of a browser share one stream, and the next tab takes over", async ({
  openAs,
  make,
  api,
  messages,
}) => {
  const words = messages("availability");
  const agent = await make.agent();
  const first = await openAs("viewer");
  const context = first.context();
  let streams = 0;
  context.on("request", (request) => {
    if (request.resourceType() === "eventsource") streams++;
  });
  await opened(first, listPath(agent.name));
  const second = await context.newPage();
  const seen = new AgentListPage(second, messages);
  await second.goto(listPath(agent.name));
  await expect(seen.row(agent.name)).toContainText(words(`status.${agent.status}`));
  await api.call(patchAvailability, { params: { agentId: agent.id }, body: { status: "offline" } });
  await expect(seen.row(agent.name)).toContainText(words("status.offline"));
  expect(streams).toBe(1);

  const takenOver = second.waitForResponse((response) => response.request().resourceType() === "eventsource");
  await first.close();
  await takenOver;
  await api.call(patchAvailability, { params: { agentId: agent.id }, body: { status: "active" } });
  await expect(seen.row(agent.name)).toContainText(words("status.active"));
});

test("an agent that is deleted elsewhere disappears from the list", async ({
  openAs,
  make,
  api,
  messages,
}) => {
  const agent = await make.agent();
  const page = await openAs("viewer");
  const seen = new AgentListPage(page, messages);
  await opened(page, listPath(agent.name));
  await expect(seen.row(agent.name)).toBeVisible();
  await api.call(deleteAgent, { params: { agentId: agent.id } });
  await expect(seen.row(agent.name)).toBeHidden();
});

test("a suspended person's stream ends, and their page asks for the password", async ({
  openAs,
  make,
  api,
  guard,
  messages,
}) => {
  const member = await make.member({ role: "Viewer", agent: false });
  const page = await openAs(member.account);
  await opened(page, listPath());
  guard.allowStatus(401);
  const refused = page.waitForResponse(
    (response) => response.request().resourceType() === "eventsource" && response.status() === 401,
  );
  await api.call(patchUser, { params: { userId: member.userId }, body: { status: "suspended" } });
  // Ends the stream and refuses the browser's reconnection.
  await refused;
  await expect(page.getByRole("dialog", { name: messages("auth")("again.title") })).toBeVisible();
});
