// What the load saw, as tables to read.

const whole = (value) => Math.round(value).toLocaleString('en-US');

/** Lines of a Markdown table. */
export function markdownTable(header, rows) {
  const toLine = (cells) => `| ${cells.join(' | ')} |`;
  return [toLine(header), toLine(header.map(() => '---')), ...rows.map(toLine)].join('\n');
}

/** How often each kind of failure was seen in each stream: `{ 'write, unique key: 502': 12 }`. */
function failuresByKind({ failures }) {
  const counts = {};
  for (const { stream, what } of failures) counts[`${stream}: ${what}`] = (counts[`${stream}: ${what}`] ?? 0) + 1;
  return counts;
}

/** One line a stream. */
export function streamTable({ streams }) {
  const header = ['stream', 'sent', 'ok', 'failed', 'p50', 'p99', 'max'];
  const row = ({ stream, sent, ok, failed, p50Ms, p99Ms, maxMs }) => [
    stream,
    whole(sent),
    whole(ok),
    whole(failed),
    `${whole(p50Ms)} ms`,
    `${whole(p99Ms)} ms`,
    `${whole(maxMs)} ms`,
  ];
  return markdownTable(header, streams.map(row));
}

/** All of it, for the terminal. */
export function describeLoad(report) {
  const { seconds, versions, live, failures } = report;
  const gaps = live.gaps.map(({ atSeconds, ms, reason }) => `${ms} ms at ${atSeconds.toFixed(1)} s (${reason})`);
  const lines = [
    `${whole(seconds)} s of load, releases seen: ${Object.entries(versions)
      .map(([version, count]) => `${version} (${count})`)
      .join(', ')}`,
    streamTable(report),
    `live connection: ${live.events} events, ${live.refusals.length} refusals, gaps: ${gaps.join(', ') || 'none'}`,
  ];
  if (failures.length > 0) lines.push('failures:', JSON.stringify(failuresByKind(report), null, 2));
  for (const failure of failures.slice(0, 20)) lines.push(`  ${JSON.stringify(failure)}`);
  return lines.join('\n');
}
