import type { AgentChange } from "@/lib/agents/agents/contract";
import type { AgentColumns } from "@/lib/agents/agents/server/columns";
import type { CurrentAgent } from "@/lib/agents/agents/server/current";
import type { AgentDependencies } from "@/lib/agents/agents/server/dependencies";
import type { StoredDropVm } from "@/lib/agents/agents/server/write-repository";
import type { ErrorDetails } from "@/lib/platform/http/errors";
import { type AgentId, newId } from "@/lib/platform/ids";
import { isSame } from "@/lib/platform/sameness";
import type { Actor } from "@/lib/platform/security/permissions";
import { mediaFileOf } from "@/lib/workforce/media/rules";

/** Problems with the files that a change refers to, by file. */
export type BadFiles = ReadonlyMap<string, string>;

/** The part of a change that refers to uploads: the picture and the recordings. */
export function createFileChanges({ media, publicUrl }: AgentDependencies) {
  /** Returns the agent's upload that a URL refers to. */
  const fileOf = (actor: Actor, agentId: AgentId, address: string) =>
    mediaFileOf(publicUrl, { workspaceId: actor.workspaceId, agentId }, address);

  return {
    /** Returns the uploads that a change refers to. */
    filesOf(actor: Actor, agentId: AgentId, change: AgentChange) {
      const files = (addresses: readonly string[]) =>
        addresses.flatMap((address) => fileOf(actor, agentId, address) ?? []);
      return {
        avatar: files(change.avatarUrl ? [change.avatarUrl] : []),
        audio: files(change.dropVms?.map((item) => item.mediaUrl) ?? []),
      };
    },

    /** Returns the columns of a new picture. Adds problems to `details`. */
    async planAvatar(
      actor: Actor,
      { id, agent }: CurrentAgent,
      url: AgentChange["avatarUrl"],
      badFiles: BadFiles,
      details: ErrorDetails,
    ): Promise<AgentColumns> {
      if (url === undefined || (url ?? undefined) === agent.avatarUrl) return {};
      if (url === null) return { avatarUrl: null, avatarMediaId: null };
      const fileId = fileOf(actor, id, url);
      if (fileId !== undefined) {
        const finished = await media.finished(actor.workspaceId, id, "avatar", [fileId]);
        if (finished.has(fileId)) return { avatarUrl: null, avatarMediaId: fileId };
        details.avatarUrl = [
          badFiles.get(fileId) ?? "is not a finished avatar upload for this agent. Upload the picture first.",
        ];
      } else if (!isWebAddress(url) || new URL(url).origin === publicUrl) {
        details.avatarUrl = [
          "must be the mediaUrl of an upload for this agent, or an absolute https: address without a user name or password.",
        ];
      } else return { avatarUrl: url, avatarMediaId: null };
      return {};
    },

    /** Returns new recordings; undefined if they don't change. Adds problems to `details`. */
    async planDropVms(
      actor: Actor,
      { id, agent }: CurrentAgent,
      items: AgentChange["dropVms"],
      badFiles: BadFiles,
      details: ErrorDetails,
    ): Promise<StoredDropVm[] | undefined> {
      if (!items || isSame(items, agent.dropVms)) return undefined;
      const files = items.map((item) => fileOf(actor, id, item.mediaUrl));
      const finished = await media.finished(
        actor.workspaceId,
        id,
        "audio",
        files.filter((file) => file !== undefined),
      );
      const known = new Set(agent.dropVms.map((drop) => drop.id));
      return items.flatMap((item, index) => {
        const file = files[index];
        if (file === undefined || !finished.has(file))
          details[`dropVms.${index}.mediaUrl`] = [
            badFiles.get(file ?? "") ??
              "is not a finished audio upload for this agent. Upload the recording first.",
          ];
        if (item.id !== undefined && !known.has(item.id))
          details[`dropVms.${index}.id`] = [
            "is not a recording of this agent. Leave it out for a new recording.",
          ];
        return file === undefined ? [] : [{ id: item.id ?? newId(), name: item.name, mediaId: file }];
      });
    },
  };
}

function isWebAddress(text: string): boolean {
  // `URL` removes line breaks and encodes spaces, but the text is stored as sent. Text before an @ would show
  // credentials to everyone who sees the agent, or disguise the host.
  return /^https:\/\/[^\s/]\S*$/i.test(text) && !/^https:\/\/[^/?#]*@/i.test(text) && URL.canParse(text);
}
