'use client';

import type { Document } from '@repo/contracts/documents';
import Link from 'next/link';
import { memo } from 'react';
import { RelativeTime } from '@/components/relative-time';
import { RequestId } from '@/components/request-id';
import { ActionCell, Cell, Row, TitleCell } from '@/components/table';
import { formatSize } from '@/platform/format-size';
import { useNow } from '@/platform/use-now';
import { DocumentMenu } from '../actions/document-menu';
import { describeStatus, type StatusView } from './describe-status';
import type { DocumentRow } from './document-rows';
import { StatusIndicator } from './status-indicator';
import { typeLabel } from './type-label';
import { UploadActions } from './upload-actions';

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
  const settled = document !== null && (upload === null || upload.phase === 'handed-over');
  return (
    <Row data-status={document?.status ?? upload?.phase ?? ''}>
      <TitleCell className="md:w-full md:max-w-0">
        {settled ? (
          <Link href={`/documents/${document.id}`} className="block truncate font-strong text-ink hover:text-accent">
            {title}
          </Link>
        ) : (
          <span className="block truncate font-strong text-ink">{title}</span>
        )}
        <StatusDetail status={status} />
      </TitleCell>
      <Cell className="order-2 md:order-none">{typeLabel(document?.contentType ?? upload?.contentType ?? '')}</Cell>
      <Cell align="right" className="order-2 whitespace-nowrap md:order-none">
        {formatSize(document?.sizeBytes ?? upload?.sizeBytes ?? 0)}
      </Cell>
      <Cell className="order-1 md:order-none">
        <StatusIndicator status={status} subject={title} />
      </Cell>
      <Cell className="hidden max-w-40 truncate lg:table-cell">{document?.createdBy?.name ?? ''}</Cell>
      <Cell className="order-2 whitespace-nowrap md:order-none">{document === null ? null : <RelativeTime at={document.createdAt} />}</Cell>
      <ActionCell>
        {settled ? (
          <DocumentMenu document={document} onChanged={onChanged} onDeleted={() => onDeleted(document.id)} />
        ) : upload === null ? null : (
          <UploadActions upload={upload} />
        )}
      </ActionCell>
    </Row>
  );
}, isSameRow);

function isSameRow(before: DocumentRowViewProps, after: DocumentRowViewProps): boolean {
  return before.row.upload === after.row.upload && before.row.document === after.row.document;
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
