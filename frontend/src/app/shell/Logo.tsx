export function Logo({ size = 22 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="var(--accent)" />
      <path
        d="M8 21c-2-5 1-11 7-12 5-1 10 2 9.500 8-.5 5-5 7-8.500 6.500-3-.5-7 .5-8-2.500z"
        fill="#fff"
        fillOpacity=".25"
        stroke="#fff"
        strokeWidth="2"
        strokeDasharray="3 2.500"
      />
      <circle cx="16" cy="16" r="2.500" fill="#fff" />
    </svg>
  );
}
