import type { FailedJob } from '@repo/contracts/jobs';
import Link from 'next/link';
import { RelativeTime } from '@/components/relative-time';
import { RequestId } from '@/components/request-id';
import { ActionCell, Cell, Row, Table, TitleCell } from '@/components/table';
import { FailedJobMenu } from './failed-job-menu';

const columns = [{ label: 'What' }, { label: 'Tries', align: 'right' as const }, { label: 'Failed' }, { label: 'Actions', hidden: true }];

/** Jobs that failed for good, each with its reason and the request that began it. */
export function FailedJobTable({ jobs }: { jobs: FailedJob[] }) {
  return (
    <Table caption="Failed jobs" columns={columns}>
      {jobs.map((job) => (
        <Row key={job.id}>
          <TitleCell className="md:py-3">
            <span className="flex min-w-0 flex-col gap-0.5 pr-2">
              <span className="flex min-w-0 gap-1.5">
                <span className="shrink-0 font-strong">{queueLabel(job.queue)}</span>
                <Subject subject={job.subject} />
              </span>
              <span className="text-secondary">{job.message}</span>
              <span className="max-md:hidden">
                <RequestId id={job.requestId ?? ''} />
              </span>
            </span>
          </TitleCell>
          <Cell align="right">
            {job.attempts}
            <span className="md:hidden">{job.attempts === 1 ? ' try' : ' tries'}</span>
          </Cell>
          <Cell className="whitespace-nowrap">
            <RelativeTime at={job.failedAt} />
          </Cell>
          <ActionCell>
            <FailedJobMenu jobId={job.id} requestId={job.requestId} />
          </ActionCell>
        </Row>
      ))}
    </Table>
  );
}

function Subject({ subject }: { subject: FailedJob['subject'] }) {
  if (subject === null) return null;
  const label = subject.label ?? subject.id;
  if (subject.kind !== 'document') return <span className="truncate text-secondary">{label}</span>;
  return (
    <Link className="link truncate" href={`/documents/${subject.id}`}>
      {label}
    </Link>
  );
}

/** The queue's name as a word: "ingestion" → "Ingestion". */
function queueLabel(queue: string): string {
  return queue.charAt(0).toUpperCase() + queue.slice(1).replaceAll('-', ' ');
}
