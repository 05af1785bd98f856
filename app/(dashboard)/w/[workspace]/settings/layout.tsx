import type { ReactNode } from "react";
import { AddressState } from "@/components/shell/address-state";

export default function SettingsLayout({ children }: { children: ReactNode }) {
  return <AddressState>{children}</AddressState>;
}
