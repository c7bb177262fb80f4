import { brand } from '@repo/brand';

/** The sign: a plinth, drawn as slab, shaft and base. */
function BrandMark({ className = 'size-6' }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" fill="currentColor" aria-hidden="true" className={className}>
      <path d="M4 3.5h16v3H4zM6.5 8h11l.9 8.5H5.6zM3 18h18v3H3z" />
    </svg>
  );
}

/** Sign and name together. */
export function BrandName() {
  return (
    <span className="inline-flex items-center gap-2 text-ink">
      <BrandMark className="size-5 text-accent" />
      <span className="font-serif text-lg leading-none tracking-tight">{brand.name}</span>
    </span>
  );
}
