'use client';

import type { Document } from '@repo/contracts/documents';
import { clsx } from 'clsx';
import Link from 'next/link';
import { memo } from 'react';
import { RelativeTime } from '@/components/relative-time';
import { RequestId } from '@/components/request-id';
import { ActionCell, Cell, Row, TitleCell } from '@/components/table';
import { formatSize } from '@/platform/format-size';
import { useNow } from '@/platform/use-now';
import { describeStatus, type StatusView } from './describe-status';
import type { DocumentRow } from './document-rows';
import { isSettled, RetryButton, RowActions } from './row-actions';
import { StatusIndicator } from './status-indicator';
import { typeLabel } from './type-label';

interface DocumentRowViewProps {
  row: DocumentRow;
  onChanged: (document: Document) => void;
  onDeleted: (documentId: string) => void;
}

/** One row of the list. Drawn again only when its own upload or document changes: while bytes flow that is often. */
export const DocumentRowView = memo(function DocumentRowView({ row, onChanged, onDeleted }: DocumentRowViewProps) {
  const { upload, document } = row;
  const status = describeStatus(row, useNow());
  const title = document?.title ?? upload?.filename ?? '';
  // On a phone the bar takes the whole second line.
  const aside = clsx('order-2 md:order-none', status.fraction !== null && 'max-md:hidden');
  return (
    <Row data-status={document?.status ?? upload?.phase ?? ''}>
      <TitleCell className="md:w-full md:max-w-0">
        <Title row={row} title={title} />
        <StatusDetail status={status} />
        <RetryButton row={row} onChanged={onChanged} />
      </TitleCell>
      <Cell className={aside}>{typeLabel(document?.contentType ?? upload?.contentType ?? '')}</Cell>
      <Cell align="right" className={clsx('whitespace-nowrap', aside)}>
        {formatSize(document?.sizeBytes ?? upload?.sizeBytes ?? 0)}
      </Cell>
      <Cell className={clsx('order-1 md:order-none', status.fraction !== null && 'max-md:basis-full')}>
        <StatusIndicator status={status} subject={title} />
      </Cell>
      <Cell className="hidden max-w-40 truncate lg:table-cell">{document?.createdBy?.name ?? ''}</Cell>
      <Cell className={clsx('whitespace-nowrap', aside)}>{document === null ? null : <RelativeTime at={document.createdAt} />}</Cell>
      <ActionCell>
        <RowActions row={row} onChanged={onChanged} onDeleted={onDeleted} />
      </ActionCell>
    </Row>
  );
}, isSameRow);

function isSameRow(before: DocumentRowViewProps, after: DocumentRowViewProps): boolean {
  return before.row.upload === after.row.upload && before.row.document === after.row.document;
}

function Title({ row, title }: { row: DocumentRow; title: string }) {
  if (row.document === null || !isSettled(row)) {
    return (
      <span dir="auto" className="line-clamp-2 font-strong text-ink">
        {title}
      </span>
    );
  }
  return (
    <Link href={`/documents/${row.document.id}`} dir="auto" className="line-clamp-2 font-strong text-ink hover:text-accent">
      {title}
    </Link>
  );
}

/** The reason, in full, right under the title. */
function StatusDetail({ status }: { status: StatusView }) {
  if (status.detail === null) return null;
  return (
    <div className="text-xs text-secondary">
      <p>{status.detail}</p>
      {status.requestId === null ? null : <RequestId id={status.requestId} />}
    </div>
  );
}
