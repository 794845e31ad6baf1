/** The desk's mark; the name stands beside it. */
export function Logo({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" style={{ flex: 'none' }}>
      <rect width="32" height="32" rx="9" fill="var(--g-accent)" />
      <path
        d="M21.6 12.200A7 7 0 1 0 23 16.400h-6"
        fill="none"
        stroke="var(--g-on-accent)"
        strokeWidth="3"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
