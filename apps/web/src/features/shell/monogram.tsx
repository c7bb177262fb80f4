/** The first letter of a name on a small square: the mark of an organization. Decorative. */
export function Monogram({ name }: { name: string }) {
  const letter = Array.from(name.trim())[0]?.toLocaleUpperCase() ?? '';
  return (
    <span
      aria-hidden="true"
      className="inline-flex size-7 shrink-0 items-center justify-center rounded-control bg-accent font-serif text-base leading-none text-on-accent"
    >
      {letter}
    </span>
  );
}
