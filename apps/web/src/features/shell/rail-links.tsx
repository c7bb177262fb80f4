'use client';

import { KeyHint } from '@/components/key-hint';
import { DestinationLink } from './destination-link';
import { destinations } from './navigation';

const look = {
  here: 'bg-line/60 font-strong text-ink [&>svg]:text-accent',
  elsewhere: 'text-secondary hover:bg-line/35 hover:text-ink',
};

/** The destinations, one under the other. */
export function RailLinks() {
  return (
    <ul className="flex flex-col gap-0.5">
      {destinations.map(({ href, label, Icon, keyHint }) => (
        <li key={href}>
          <DestinationLink href={href} className="flex h-9 items-center gap-2.5 rounded-control px-2.5 transition-colors" look={look}>
            <Icon aria-hidden className="size-4.5" strokeWidth={1.75} />
            <span className="flex-1">{label}</span>
            {keyHint === undefined ? null : (
              <span aria-hidden="true">
                <KeyHint>{keyHint}</KeyHint>
              </span>
            )}
          </DestinationLink>
        </li>
      ))}
    </ul>
  );
}
