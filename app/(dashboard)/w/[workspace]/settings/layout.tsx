import type { ReactNode } from "react";
import { AddressState } from "@/components/shell/address-state";

export default function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <AddressState>
      {children}
      {/* Leaves room to scroll the last row above a toast. */}
      <div className="h-24" />
    </AddressState>
  );
}
