import { FileText } from 'lucide-react';
import Link from 'next/link';
import { useId } from 'react';

export interface DocumentLink {
  id: string;
  title: string;
}

/** A short list of documents to go on from. Shows nothing when it is empty. */
export function DocumentLinks({
  title,
  links,
  onOpen,
}: {
  title: string;
  links: readonly DocumentLink[];
  onOpen?: (() => void) | undefined;
}) {
  const id = useId();
  if (links.length === 0) return null;
  return (
    <section aria-labelledby={id} className="pt-4">
      <h2 id={id} className="pb-1.5 font-sans text-xs font-normal tracking-normal text-secondary">
        {title}
      </h2>
      <ul>
        {links.map((link) => (
          <li key={link.id}>
            <Link
              href={`/documents/${link.id}`}
              data-result=""
              onClick={onOpen}
              className="-mx-3 flex items-center gap-2.5 rounded-control px-3 py-2 transition-colors hover:bg-surface focus-visible:bg-surface focus-visible:-outline-offset-2"
            >
              <FileText aria-hidden className="size-4 shrink-0 text-secondary" strokeWidth={1.75} />
              <span className="truncate">{link.title}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
