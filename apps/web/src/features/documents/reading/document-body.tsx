import type { Document } from '@repo/contracts/documents';
import { callApi } from '@/api/server';
import { anchorOf, buildOutline } from './build-outline';
import { DocumentFacts } from './document-facts';
import { DocumentText } from './document-text';
import type { Found } from './marked-text';
import { OutlineNav } from './outline-nav';
import { PartLinks, partHref } from './part-links';
import { ScrollToPlace } from './scroll-to-place';
import { sliceLongBlocks } from './slice-long-blocks';
import { parsePart, partHolding, splitIntoParts } from './split-into-parts';

interface DocumentBodyProps {
  document: Document;
  found: Found | null;
  /** As it stands in the address. */
  part: string | undefined;
}

/** Outline, facts and text of a document that is ready. Asks the API for the text itself, so that the head can show before. */
export async function DocumentBody({ document, found, part: wanted }: DocumentBodyProps) {
  const content = await callApi('GET /api/v1/documents/{documentId}/content', { params: { documentId: document.id } });
  const blocks = sliceLongBlocks(content.blocks, content.text);
  const parts = splitIntoParts(blocks);
  const part = parsePart(wanted, parts.length) ?? partHolding(parts, found?.passage.start ?? 0);
  const shown = parts[part - 1];
  const outline = buildOutline(content.blocks, content.text).map((entry) => {
    const home = partHolding(parts, entry.start);
    const anchor = anchorOf(entry.start);
    return {
      text: entry.text,
      depth: entry.depth,
      anchor: home === part ? anchor : '',
      href: home === part ? `#${anchor}` : `${partHref(document.id, home)}#${anchor}`,
    };
  });
  return (
    <div className="gap-x-14 lg:grid lg:grid-cols-[minmax(0,1fr)_14rem]">
      <aside className="lg:sticky lg:top-10 lg:order-2 lg:max-h-[calc(100dvh-5rem)] lg:self-start lg:overflow-y-auto">
        {outline.length > 1 ? <Outline links={outline} /> : null}
        <div className="hidden lg:block">
          <DocumentFacts document={document} />
        </div>
      </aside>
      <article className="flex min-w-0 flex-col gap-8">
        <DocumentText content={content} blocks={blocks.slice(shown?.from, shown?.to)} found={found} />
        <PartLinks documentId={document.id} part={part} count={parts.length} />
        <div className="border-t border-line pt-6 lg:hidden">
          <DocumentFacts document={document} />
        </div>
      </article>
      <ScrollToPlace key={`${part}:${found?.passage.start ?? ''}-${found?.passage.end ?? ''}`} />
    </div>
  );
}

function Outline({ links }: { links: Parameters<typeof OutlineNav>[0]['links'] }) {
  return (
    <>
      <details className="mb-6 border-y border-line py-3 lg:hidden">
        <summary className="font-strong">Contents</summary>
        <nav aria-label="Contents" className="pt-3">
          <OutlineNav links={links} />
        </nav>
      </details>
      <nav aria-labelledby="outline-title" className="mb-8 hidden lg:block">
        <p id="outline-title" className="pb-2 text-xs font-strong text-ink">
          Contents
        </p>
        <OutlineNav links={links} />
      </nav>
    </>
  );
}
