import { brand } from '@repo/brand';
import type { Metadata } from 'next';
import { PlainPage } from '@/features/landing/plain-page';
import { readHealth } from '@/features/status/read-health';
import { RefreshEvery } from '@/features/status/refresh-every';
import { StatusRow } from '@/features/status/status-row';
import { formatDuration } from '@/platform/format-duration';

export const metadata: Metadata = { title: 'Status' };

export default async function StatusPage() {
  const health = await readHealth();
  return (
    <PlainPage>
      <div className="flex w-full flex-col gap-2">
        <h1 className="text-xl">
          {health === null ? 'The service does not answer' : health.status === 'ok' ? 'Everything works' : 'Some parts do not answer'}
        </h1>
        <p className="text-base text-secondary">
          {health?.status === 'ok'
            ? 'All parts answered just now.'
            : 'Your documents are safe. Uploads and changes may fail until this is over.'}
        </p>
      </div>
      <dl className="w-full divide-y divide-line border-y border-line">
        <StatusRow name="Website" meaning="The pages you are looking at" ok />
        <StatusRow name="Service" meaning="Signing in and everything you do" ok={health !== null} />
        <StatusRow name="Database" meaning="Your documents and their passages" ok={health?.checks.database === 'ok'} />
        <StatusRow name="Cache" meaning="Speed, and limits against abuse" ok={health?.checks.cache === 'ok'} />
        <StatusRow name="Job queue" meaning="Reading new documents, sending mail" ok={health?.checks.queue === 'ok'} />
      </dl>
      <p className="text-xs text-secondary">
        {health === null ? '' : `Version ${health.version}, running for ${formatDuration(health.uptime)}. `}
        Something else is wrong?{' '}
        <a className="link" href={`mailto:${brand.supportEmail}`}>
          {brand.supportEmail}
        </a>
      </p>
      <RefreshEvery seconds={30} />
    </PlainPage>
  );
}
