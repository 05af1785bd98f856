export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={className}>
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <g className="fill-none stroke-on-accent" strokeLinecap="round">
        <circle cx="11" cy="11" r="2.5" strokeWidth="2" className="fill-on-accent" />
        <path d="M18 11h7" strokeWidth="2.5" />
        <circle cx="11" cy="21" r="3.5" strokeWidth="2" />
        <path d="M18 21h7" strokeWidth="2.5" opacity=".6" />
      </g>
    </svg>
  );
}
