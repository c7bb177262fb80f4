'use client';

import type { DocumentStatus } from '@repo/contracts/documents';
import { PenLine } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, ButtonLink } from '@/components/button';
import { FailureNotice } from '@/components/failure-notice';
import { PageHeader } from '@/components/page-header';
import { Table } from '@/components/table';
import { UploadButton } from '../upload/upload-button';
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

interface DocumentTableProps {
  first: FirstPage;
  status: DocumentStatus | null;
  /** What can be uploaded, in a sentence. */
  hint: string;
  /** The same as file endings, for the file dialog. */
  accept: string;
  onFiles: (files: File[]) => void;
}

/** The list under one filter. It starts anew for another one: give it the status as key. */
export function DocumentTable({ first, status, hint, accept, onFiles }: DocumentTableProps) {
  const { list, onChanged, onDeleted, more } = useDocumentList(first, status);
  const rows = toRows(useUploads(), { ...list, hidden: uploads().discarded });
  const nothingYet = rows.length === 0 && status === null;
  const uploadButton = <UploadButton accept={accept} onFiles={onFiles} />;
  return (
    <>
      <PageHeader title="Documents" action={<HeaderActions>{nothingYet ? null : uploadButton}</HeaderActions>} />
      {nothingYet ? null : <StatusFilter current={status} />}
      {rows.length === 0 ? (
        <NoDocuments status={status} hint={hint} action={uploadButton} />
      ) : (
        <Table caption="Documents" columns={columns}>
          {rows.map((row) => (
            <DocumentRowView key={row.key} row={row} onChanged={onChanged} onDeleted={onDeleted} />
          ))}
        </Table>
      )}
      <StatusAnnouncer rows={rows} />
      {more.available ? <ShowMore {...more} /> : null}
    </>
  );
}

function HeaderActions({ children }: { children: ReactNode }) {
  return (
    <div className="flex gap-2">
      <ButtonLink href="/documents/new">
        <PenLine aria-hidden /> Write
      </ButtonLink>
      {children}
    </div>
  );
}

function ShowMore({ failure, loading, load }: ReturnType<typeof useDocumentList>['more']) {
  return (
    <div className="flex flex-col items-center gap-3 pt-6">
      {failure === undefined ? null : <FailureNotice failure={failure} />}
      <Button busy={loading} onClick={() => void load()}>
        Show more
      </Button>
    </div>
  );
}
