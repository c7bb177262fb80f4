import { ButtonLink } from '@/components/button';

/** The way through a text that is too long for one page. Shows nothing when it is not. */
export function PartLinks({ documentId, part, count }: { documentId: string; part: number; count: number }) {
  if (count === 1) return null;
  return (
    <nav aria-label="Parts of this document" className="prose-width flex items-center justify-between gap-4 border-t border-line pt-5">
      <span className="text-secondary">
        Part {part} of {count}
      </span>
      <span className="flex gap-2">
        {part > 1 ? <ButtonLink href={partHref(documentId, part - 1)}>Previous</ButtonLink> : null}
        {part < count ? (
          <ButtonLink href={partHref(documentId, part + 1)} variant="primary">
            Continue reading
          </ButtonLink>
        ) : null}
      </span>
    </nav>
  );
}

/** The address of one part of a document. */
export function partHref(documentId: string, part: number): string {
  return `/documents/${documentId}${part === 1 ? '' : `?part=${part}`}`;
}
