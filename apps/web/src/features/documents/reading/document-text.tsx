import type { DocumentBlock, DocumentContent } from '@repo/contracts/documents';
import { depthsByLevel } from './build-outline';
import { groupBlocks } from './group-blocks';
import type { Found } from './marked-text';
import { overlaps } from './passage-address';
import { splitIntoSections, type TextSection } from './split-into-sections';
import { type TextView, TextNodeView } from './text-node-view';

interface DocumentTextProps {
  content: DocumentContent;
  /** The blocks of the part that is shown. */
  blocks: readonly DocumentBlock[];
  found: Found | null;
}

/** The text of a document, set for reading. The browser lays out only the stretches near the screen. */
export function DocumentText({ content, blocks, found }: DocumentTextProps) {
  const headings = depthsByLevel(content.blocks.filter((block) => block.kind === 'heading'));
  const view: TextView = {
    text: content.text,
    found,
    foundStart: blocks.find((block) => overlaps(block, found?.passage ?? null))?.start ?? null,
    headingLevels: new Map([...headings].map(([level, depth]) => [level, Math.min(depth + 1, 6)])),
  };
  return (
    <div className="prose-width text-base [&>:first-child>:first-child]:pt-0">
      {splitIntoSections(groupBlocks(blocks)).map((section) => (
        <div key={section.key} className={`-mx-4 flex flex-col gap-4 px-4 pb-4 [content-visibility:auto] ${heightClass(section)}`}>
          {section.nodes.map((node, index) => (
            <TextNodeView key={index} node={node} view={view} />
          ))}
        </div>
      ))}
    </div>
  );
}

// About how high a stretch will be, so that the scroll bar hardly moves. Classes, because the policy forbids style attributes.
function heightClass({ characters }: TextSection): string {
  if (characters < 800) return '[contain-intrinsic-size:auto_20rem]';
  if (characters < 2400) return '[contain-intrinsic-size:auto_50rem]';
  if (characters < 4800) return '[contain-intrinsic-size:auto_90rem]';
  return '[contain-intrinsic-size:auto_150rem]';
}
