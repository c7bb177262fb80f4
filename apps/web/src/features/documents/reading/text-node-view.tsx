// What scrolls by itself must be reachable by keyboard to be scrolled.
/* oxlint-disable jsx-a11y/no-noninteractive-tabindex */
import type { DocumentBlock } from '@repo/contracts/documents';
import { clsx } from 'clsx';
import { anchorOf } from './build-outline';
import { cellsOf, type ListEntry, type TextNode } from './group-blocks';
import { FoundMark } from './found-mark';
import { type Found, MarkedCode, MarkedText } from './marked-text';
import { overlaps } from './passage-address';

/** What the parts of a text need to draw themselves. */
export interface TextView {
  text: string;
  found: Found | null;
  /** Offset of the first block of the found passage. */
  foundStart: number | null;
  /** Level of a heading in the document → 2 to 6 on the page, where the title has level 1. */
  headingLevels: ReadonlyMap<number, number>;
}

/** Draws one node of a document's text. */
export function TextNodeView({ node, view }: { node: TextNode; view: TextView }) {
  switch (node.kind) {
    case 'page':
      return <PageMark page={node.page} />;
    case 'heading':
      return <Heading block={node.block} view={view} />;
    case 'list':
      return <List entries={node.entries} view={view} />;
    case 'table':
      return <Rows blocks={node.blocks} view={view} />;
    case 'quote':
      return (
        <blockquote className="flex flex-col gap-3 border-l-2 border-line-strong pl-5 text-secondary">
          {node.blocks.map((block) => (
            <Plain key={block.start} block={block} view={view} />
          ))}
        </blockquote>
      );
    case 'code':
      return (
        <FoundMark block={node.block} view={view}>
          <pre
            dir="ltr"
            tabIndex={0}
            className="overflow-x-auto rounded-control border border-line bg-surface px-4 py-3 font-mono text-xs leading-6"
          >
            <code>
              <MarkedCode text={view.text} block={node.block} found={view.found} />
            </code>
          </pre>
        </FoundMark>
      );
    default:
      return <Plain block={node.block} view={view} />;
  }
}

function Plain({ block, view }: { block: DocumentBlock; view: TextView }) {
  return (
    <FoundMark block={block} view={view}>
      <p dir="auto" className="whitespace-pre-line">
        <MarkedText text={view.text} block={block} found={view.found} />
      </p>
    </FoundMark>
  );
}

const headingLooks: Record<number, string> = {
  2: 'pt-6 text-lg font-serif',
  3: 'pt-4 text-base font-strong',
  4: 'pt-2 text-base font-strong text-secondary',
};

function Heading({ block, view }: { block: DocumentBlock; view: TextView }) {
  const level = view.headingLevels.get(block.level ?? 1) ?? 2;
  const Tag = `h${level}` as 'h2' | 'h3' | 'h4' | 'h5' | 'h6';
  return (
    <FoundMark block={block} view={view}>
      <Tag id={anchorOf(block.start)} dir="auto" className={clsx('scroll-mt-6', headingLooks[Math.min(level, 4)])}>
        <MarkedText text={view.text} block={block} found={view.found} />
      </Tag>
    </FoundMark>
  );
}

// The rule beside a found item stands left of the bullets, where it stands for a paragraph.
const ruleLooks = ['before:-left-10', 'before:-left-16', 'before:-left-22', 'before:-left-28'];

function List({ entries, view, depth = 0 }: { entries: readonly ListEntry[]; view: TextView; depth?: number }) {
  return (
    <ul className="flex list-disc flex-col gap-1.5 pl-5 marker:text-line-strong [&_ul]:pt-1.5">
      {entries.map(({ block, entries: inner }) => (
        <li key={block.start} dir="auto" className="pl-1 whitespace-pre-line">
          <FoundMark block={block} view={view} look={ruleLooks[Math.min(depth, 3)]}>
            <MarkedText text={view.text} block={block} found={view.found} />
          </FoundMark>
          {inner.length === 0 ? null : <List entries={inner} view={view} depth={depth + 1} />}
        </li>
      ))}
    </ul>
  );
}

function Rows({ blocks, view }: { blocks: readonly DocumentBlock[]; view: TextView }) {
  return (
    // A wide table scrolls by itself, also by keyboard; the page does not.
    <section aria-label="Table" tabIndex={0} className="overflow-x-auto">
      <table className="w-full border-collapse text-sm">
        <tbody className="divide-y divide-line border-y border-line">
          {blocks.map((block) => (
            <tr key={block.start} className={clsx(overlaps(block, view.found?.passage ?? null) && 'bg-accent-soft')}>
              {cellsInPlace(block, view.text).map((cell) => (
                <td key={cell.start} dir="auto" className="py-2 pr-6 align-top last:pr-0">
                  <MarkedText text={view.text} block={cell} found={view.found} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function cellsInPlace(block: DocumentBlock, text: string) {
  let start = block.start;
  return cellsOf(text.slice(block.start, block.end)).map((cell) => {
    const place = { start, end: start + cell.length };
    start = place.end + ' | '.length;
    return place;
  });
}

function PageMark({ page }: { page: number }) {
  return (
    <p
      id={`page-${page}`}
      className="flex scroll-mt-6 items-center gap-3 pt-4 text-xs text-secondary after:h-px after:flex-1 after:bg-line"
    >
      Page {page}
    </p>
  );
}
