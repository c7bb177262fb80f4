'use client';

import { clsx } from 'clsx';
import { useEffect, useState } from 'react';
import { bringIntoView } from './bring-into-view';

export interface OutlineLink {
  /** Of the heading's element; empty when it stands on another part. */
  anchor: string;
  href: string;
  text: string;
  depth: number;
}

const indents = ['pl-3', 'pl-6', 'pl-9'];

/** The headings as links; the one that is being read is marked. */
export function OutlineNav({ links }: { links: readonly OutlineLink[] }) {
  const current = useCurrentHeading(links);
  return (
    <ul className="flex flex-col">
      {links.map((link) => (
        <li key={link.href}>
          <a
            href={link.href}
            onClick={() => settleOn(link.anchor)}
            aria-current={link.anchor !== '' && link.anchor === current ? 'location' : undefined}
            className={clsx(
              'block border-l py-1 text-xs transition-colors',
              link.anchor !== '' && link.anchor === current
                ? 'border-accent text-ink'
                : 'border-line text-secondary hover:border-line-strong hover:text-ink',
            )}
          >
            <span className={clsx('line-clamp-2', indents[link.depth - 1])}>{link.text}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

/** The browser jumps to the heading by itself; this keeps it there while the text around it is laid out. */
function settleOn(anchor: string): void {
  const heading = anchor === '' ? null : document.querySelector(`#${CSS.escape(anchor)}`);
  if (heading) requestAnimationFrame(() => bringIntoView(heading, 'start'));
}

/** The anchor of the last heading above the upper third of the screen. */
function useCurrentHeading(links: readonly OutlineLink[]): string | null {
  const [current, setCurrent] = useState<string | null>(null);
  useEffect(() => {
    const headings = links
      .map(({ anchor }) => (anchor === '' ? null : document.querySelector(`#${CSS.escape(anchor)}`)))
      .filter((element) => element !== null);
    const find = () => {
      const passed = headings.findLast((heading) => heading.getBoundingClientRect().top < window.innerHeight / 3);
      setCurrent(passed?.id ?? null);
    };
    // Headings come and go at that line only while scrolling: the observer wakes us exactly then.
    const observer = new IntersectionObserver(find, { rootMargin: '0px 0px -66% 0px', threshold: [0, 1] });
    for (const heading of headings) observer.observe(heading);
    return () => observer.disconnect();
  }, [links]);
  return current;
}
