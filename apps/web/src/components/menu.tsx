'use client';

import { clsx } from 'clsx';
import { DropdownMenu } from 'radix-ui';
import { type ComponentProps, type ReactNode, useState } from 'react';

interface MenuProps {
  /** One button; it gets the roles and keys of a menu button. */
  trigger: ReactNode;
  children: ReactNode;
  align?: 'start' | 'end';
  side?: 'top' | 'bottom';
  className?: string;
}

/** A menu under (or over) its button: arrow keys, first letters, Escape. */
export function Menu({ trigger, children, align = 'end', side = 'bottom', className }: MenuProps) {
  const [container, setContainer] = useState<HTMLElement | null>(null);
  return (
    // Not modal: a modal menu locks scrolling with a style element that our content security policy refuses.
    <DropdownMenu.Root modal={false} onOpenChange={() => setContainer(document.getElementById('content'))}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      {/* Inside the main landmark, so that nothing of the page stands outside all of them. */}
      <DropdownMenu.Portal container={container}>
        <DropdownMenu.Content
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className={clsx(
            'z-50 min-w-48 rounded-panel border border-line bg-raised p-1 text-sm text-ink shadow-float data-[state=open]:appear',
            className,
          )}
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

const itemLook =
  'flex min-h-9 w-full items-center gap-2.5 rounded-control px-2.5 py-1.5 outline-none select-none ' +
  'data-[highlighted]:bg-surface data-[disabled]:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-secondary';

/** One action of a menu. With `asChild` the child, such as a link, becomes the item. */
export function MenuItem({ danger = false, className, ...rest }: ComponentProps<typeof DropdownMenu.Item> & { danger?: boolean }) {
  return <DropdownMenu.Item {...rest} className={clsx(itemLook, danger && 'text-danger [&_svg]:text-danger', className)} />;
}

/** A choice among several; wrap the choices in `MenuChoices`. */
export function MenuChoice({ className, children, ...rest }: ComponentProps<typeof DropdownMenu.RadioItem>) {
  return (
    <DropdownMenu.RadioItem {...rest} className={clsx(itemLook, 'data-[state=checked]:font-strong', className)}>
      <span className="min-w-0 flex-1">{children}</span>
      <DropdownMenu.ItemIndicator>
        <svg viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.75" aria-hidden="true">
          <path d="m3.5 8.5 3 3 6-7" strokeLinecap="round" strokeLinejoin="round" />
        </svg>
      </DropdownMenu.ItemIndicator>
    </DropdownMenu.RadioItem>
  );
}

export const MenuChoices = DropdownMenu.RadioGroup;

/** A thin rule between groups of items. */
export function MenuLine() {
  return <DropdownMenu.Separator className="mx-2.5 my-1 h-px bg-line" />;
}

/** A quiet heading over a group of items. */
export function MenuLabel({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="px-2.5 pt-2 pb-1 text-xs text-secondary">{children}</DropdownMenu.Label>;
}
