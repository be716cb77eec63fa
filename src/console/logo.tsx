/** The mark: one track that becomes two. */
export function Logo() {
  return (
    <svg
      className="logo"
      viewBox="0 0 24 24"
      width="24"
      height="24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.4"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <path d="M2 12h7c4.500 0 5-6.500 9-6.500h1.500" />
      <path d="M11.500 14.200c1.700 2 2.800 4.300 6.500 4.300h1.500" />
      <circle cx="21" cy="5.500" r="1.600" fill="currentColor" stroke="none" />
      <circle cx="21" cy="18.500" r="1.600" fill="currentColor" stroke="none" />
    </svg>
  );
}
