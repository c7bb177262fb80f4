// On a phone the rows are not laid out as a table, and then browsers forget what the elements mean; the roles say it again.
/* oxlint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role, jsx-a11y/no-noninteractive-element-to-interactive-role */
import { clsx } from 'clsx';
import type { ReactNode } from 'react';

interface TableProps {
  /** Says what the table holds; read aloud, not shown. */
  caption: string;
  columns: { label: string; align?: 'right'; hidden?: boolean; className?: string }[];
  children: ReactNode;
}

/**
 * A table with real columns on a desktop. On a phone each row becomes two lines: its title cell, then the other
 * cells side by side, with the action cell at the right.
 */
export function Table({ caption, columns, children }: TableProps) {
  return (
    <table role="table" className="block w-full border-collapse text-left md:table">
      <caption className="sr-only">{caption}</caption>
      <thead role="rowgroup" className="sr-only md:not-sr-only md:table-header-group">
        <tr role="row" className="md:border-b md:border-line">
          {columns.map((column) => (
            <th
              key={column.label}
              scope="col"
              role="columnheader"
              className={clsx(
                'px-3 pb-2 text-xs font-normal text-secondary first:pl-0 last:pr-0',
                column.align === 'right' && 'text-right',
                column.className,
              )}
            >
              {column.hidden === true ? <span className="sr-only">{column.label}</span> : column.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" className="block divide-y divide-line border-y border-line md:table-row-group md:border-t-0">
        {children}
      </tbody>
    </table>
  );
}

/** A row of a `Table`. */
export function Row({ children, className, ...rest }: { children: ReactNode; className?: string; 'data-status'?: string }) {
  return (
    <tr
      role="row"
      {...rest}
      className={clsx(
        'relative flex flex-wrap items-center gap-x-3 gap-y-0.5 py-3 md:table-row md:py-0 [&:has([data-action])]:pr-11 md:[&:has([data-action])]:pr-0',
        className,
      )}
    >
      {children}
    </tr>
  );
}

/** The cell that names the row: the first line on a phone. */
export function TitleCell({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <td role="cell" className={clsx('min-w-0 basis-full md:h-14 md:py-2 md:pr-3 md:align-middle', className)}>
      {children}
    </td>
  );
}

/** Any other cell: part of the second line on a phone. */
export function Cell({ children, align, className }: { children: ReactNode; align?: 'right'; className?: string }) {
  return (
    <td
      role="cell"
      className={clsx(
        'text-xs text-secondary md:h-14 md:px-3 md:py-2 md:align-middle md:text-sm',
        align === 'right' && 'md:text-right',
        className,
      )}
    >
      {children}
    </td>
  );
}

/** The cell with the row's menu or buttons: at the right edge, on a phone too. */
export function ActionCell({ children }: { children: ReactNode }) {
  return (
    <td
      role="cell"
      data-action=""
      className="[&>button]:-mr-2 absolute top-1/2 right-0 -translate-y-1/2 text-right md:static md:h-14 md:w-px md:translate-y-0 md:py-2 md:pl-3 md:align-middle md:whitespace-nowrap"
    >
      {children}
    </td>
  );
}
