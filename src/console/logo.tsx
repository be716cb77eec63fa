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
      <path d="M2 12h7c4.5 0 5-6.5 9-6.5h1.5" />
      <path d="M11.5 14.2c1.7 2 2.8 4.3 6.5 4.3h1.5" />
      <circle cx="21" cy="5.5" r="1.6" fill="currentColor" stroke="none" />
      <circle cx="21" cy="18.5" r="1.6" fill="currentColor" stroke="none" />
    </svg>
  );
}
