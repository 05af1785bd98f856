import { Mail, MessageSquare, Phone } from "lucide-react";
import type { ReactNode } from "react";
import type { Channel } from "@/lib/availability/effective/values";

export const channelIcons: Record<Channel, ReactNode> = {
  messaging: <MessageSquare className="size-4" />,
  email: <Mail className="size-4" />,
  voice: <Phone className="size-4" />,
};
