'use client';

import type { DocumentStatus } from '@repo/contracts/documents';
import { Button } from '@/components/button';
import { FailureNotice } from '@/components/failure-notice';
import { Table } from '@/components/table';
import { uploads, useUploads } from '../upload/uploads';
import { DocumentRowView } from './document-row-view';
import { toRows } from './document-rows';
import { NoDocuments } from './no-documents';
import { StatusAnnouncer } from './status-announcer';
import { StatusFilter } from './status-filter';
import { type FirstPage, useDocumentList } from './use-document-list';

const columns = [
  { label: 'Title' },
  { label: 'Type' },
  { label: 'Size', align: 'right' as const },
  { label: 'Status' },
  { label: 'Added by', className: 'md:hidden lg:table-cell' },
  { label: 'Added' },
  { label: 'Actions', hidden: true },
];

/** The list under one filter. It starts anew for another one: give it the status as key. */
export function DocumentTable({ first, status, hint }: { first: FirstPage; status: DocumentStatus | null; hint: string }) {
  const { list, onChanged, onDeleted, more } = useDocumentList(first, status);
  const rows = toRows(useUploads(), { ...list, hidden: uploads().discarded });
  const empty = rows.length === 0;
  return (
    <>
      {empty && status === null ? null : <StatusFilter current={status} />}
      {empty ? (
        <NoDocuments status={status} hint={hint} />
      ) : (
        <Table caption="Documents" columns={columns}>
          {rows.map((row) => (
            <DocumentRowView key={row.key} row={row} onChanged={onChanged} onDeleted={onDeleted} />
          ))}
        </Table>
      )}
      <StatusAnnouncer rows={rows} />
      {more.available ? (
        <div className="flex flex-col items-center gap-3 pt-6">
          {more.failure === undefined ? null : <FailureNotice failure={more.failure} />}
          <Button busy={more.loading} onClick={() => void more.load()}>
            Show more
          </Button>
        </div>
      ) : null}
    </>
  );
}
