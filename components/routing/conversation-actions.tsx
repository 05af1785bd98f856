"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronDown, SlidersHorizontal } from "lucide-react";
import { useState } from "react";
import { MenuTrigger } from "react-aria-components/Menu";
import { useTranslations } from "use-intl";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog } from "@/components/ui/dialog";
import { dockDialog } from "@/components/ui/dock";
import { focusInvalid } from "@/components/ui/focus-invalid";
import { Menu, MenuItem } from "@/components/ui/menu";
import { NumberField } from "@/components/ui/number-field";
import { Option, Select } from "@/components/ui/select";
import type { Conversation } from "@/lib/routing/conversations/contract";
import { allQueuesQuery } from "@/lib/routing/queues/client/queries";
import { useFace } from "./conversation-facts";
import { useAct } from "./use-act";

/** Edits, requeues or closes a conversation. */
export function ConversationActions({
  conversation,
  onDone,
}: {
  conversation: Conversation;
  onDone: () => void;
}) {
  const t = useTranslations("routing.panel");
  const [dialog, setDialog] = useState<"change" | "close">();
  const { offer, agentId } = conversation;
  const holder = agentId ?? offer?.agentId;
  return (
    <footer ref={dockDialog} className="flex flex-wrap items-center gap-2 border-line border-t px-5 py-3">
      <Button onPress={() => setDialog("change")}>
        <SlidersHorizontal aria-hidden="true" className="size-4" />
        {t("change")}
      </Button>
      {holder && <PutBack conversation={conversation} agentId={holder} />}
      <Button className="ms-auto" onPress={() => setDialog("close")}>
        {t("close")}
      </Button>
      {dialog === "change" && (
        <ChangeDialog conversation={conversation} onClose={() => setDialog(undefined)} />
      )}
      {dialog === "close" && (
        <CloseDialog conversation={conversation} onClose={() => setDialog(undefined)} onDone={onDone} />
      )}
    </footer>
  );
}

function PutBack({ conversation, agentId }: { conversation: Conversation; agentId: string }) {
  const t = useTranslations("routing.panel");
  const act = useAct(conversation);
  const { name } = useFace(agentId);
  return (
    <MenuTrigger>
      <Button isPending={act.isPending}>
        {t("requeue")}
        <ChevronDown aria-hidden="true" className="size-4" />
      </Button>
      <Menu placement="top start">
        <MenuItem onAction={() => void act.requeue()}>{t("keep")}</MenuItem>
        <MenuItem onAction={() => void act.requeue({ exclude: true })}>{t("exclude", { name })}</MenuItem>
      </Menu>
    </MenuTrigger>
  );
}

function CloseDialog({
  conversation,
  onClose,
  onDone,
}: {
  conversation: Conversation;
  onClose: () => void;
  onDone: () => void;
}) {
  const t = useTranslations("routing.panel");
  const act = useAct(conversation);
  return (
    <ConfirmDialog
      title={t("closeTitle")}
      action={t("close")}
      isOpen
      onOpenChange={onClose}
      onConfirm={async () => {
        const isClosed = await act.close();
        onClose();
        if (isClosed) onDone();
      }}
    >
      {conversation.agentId ? <AssignedText agentId={conversation.agentId} /> : <p>{t("closeText")}</p>}
    </ConfirmDialog>
  );
}

function AssignedText({ agentId }: { agentId: string }) {
  const t = useTranslations("routing.panel");
  return <p>{t("closeAssignedText", { name: useFace(agentId).name })}</p>;
}

/** Edits queue and priority. Changing the queue of an assigned conversation requeues it. */
function ChangeDialog({ conversation, onClose }: { conversation: Conversation; onClose: () => void }) {
  const t = useTranslations("routing.panel");
  const ui = useTranslations("ui");
  const errors = useTranslations("errors");
  const { workspace } = useWorkspace();
  const { data: queues = [] } = useQuery(allQueuesQuery(workspace.id));
  const act = useAct(conversation);
  const [queueId, setQueueId] = useState(conversation.queueId);
  const [priority, setPriority] = useState<number | null>(conversation.priority);
  const isAssigned = conversation.state === "assigned";

  async function save() {
    const moves = queueId !== undefined && queueId !== conversation.queueId;
    const change = {
      ...(priority !== null && priority !== conversation.priority ? { priority } : {}),
      ...(moves && !isAssigned ? { queueId } : {}),
    };
    const isChanged = Object.keys(change).length === 0 || (await act.change(change));
    const isDone = isChanged && (!(moves && isAssigned) || (await act.requeue({ queueId })));
    if (isDone) onClose();
  }

  return (
    <Dialog
      title={t("change")}
      width="small"
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>{ui("cancel")}</Button>
          <Button look="primary" type="submit" form="conversation-change" isPending={act.isPending}>
            {ui("save")}
          </Button>
        </>
      }
    >
      <form
        id="conversation-change"
        noValidate
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!focusInvalid(event.currentTarget)) void save();
        }}
      >
        <Select
          label={t("queue")}
          help={t(isAssigned ? "queueMoves" : "queueHelp")}
          items={queues}
          value={queueId ?? null}
          onChange={(key) => key !== null && setQueueId(String(key))}
        >
          {({ id, name }) => (
            <Option key={id} id={id}>
              {name}
            </Option>
          )}
        </Select>
        <NumberField
          label={t("priority")}
          help={t("priorityHelp")}
          minValue={0}
          maxValue={100}
          value={priority}
          error={priority === null ? errors("required") : undefined}
          onChange={setPriority}
        />
      </form>
    </Dialog>
  );
}
