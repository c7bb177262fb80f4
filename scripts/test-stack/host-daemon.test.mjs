// What daemon.json and block-metadata do, seen on a Docker daemon of their own with a network of its own.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { buildImage, run, startContainer, until } from './host/containers.mjs';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 600_000 });

const image = 'debian:trixie-slim';
const config = '/repo/infra/ec2/daemon.json';
const block = '/repo/infra/ec2/host/any/usr/local/sbin/block-metadata';

let host;
beforeAll(async () => {
  const options = ['--privileged', '--volume', '/var/lib/docker', '--volume', '/var/lib/containerd'];
  host = await startContainer(await buildImage('tools'), { options, keep: true });
  // Nothing here may ask the metadata service of the machine that it runs on.
  await host.mustBash('ip route add unreachable 169.254.169.254/32');
  await startDaemon();
  const loaded = await run('bash', ['-c', `docker save ${image} | docker exec --interactive ${host.id} docker load`]);
  if (loaded.status !== 0) throw new Error(loaded.stderr);
});
afterAll(() => host?.remove());

const docker = (command) => host.mustBash(`docker ${command}`);

async function startDaemon(file = config) {
  await host.mustBash(`setsid dockerd --config-file ${file} >>/var/log/dockerd.log 2>&1 </dev/null &`);
  await until(async () => (await host.bash('docker info')).status === 0, { timeoutMs: 60_000, what: 'the daemon answers' });
}

async function stopDaemon() {
  await host.mustBash('kill "$(cat /var/run/docker.pid)"');
  await until(async () => (await host.bash('pgrep -x dockerd')).status !== 0, { timeoutMs: 60_000, what: 'the daemon ends' });
}

async function restartDaemon(file) {
  await stopDaemon();
  await startDaemon(file);
}

describe('daemon.json', () => {
  it('gives containers 16,384 files, no new privileges, and addresses outside the default VPC', async () => {
    expect(await docker(`run --rm ${image} bash -c 'ulimit -Sn; ulimit -Hn; grep NoNewPrivs /proc/self/status'`)).toBe(
      '16384\n16384\nNoNewPrivs:\t1',
    );
    await docker('network create addresses');
    expect(await docker("network inspect --format '{{(index .IPAM.Config 0).Subnet}}' addresses bridge")).toMatch(
      /^172\.29\.\d+\.0\/24\n172\.29\.\d+\.0\/24$/,
    );
  });

  it('publishes a port on the loopback address without a proxy process for it', async () => {
    const id = await docker(`run --detach --publish 127.0.0.1:8080:8080 ${image} sleep infinity`);
    expect((await host.bash('pgrep docker-proxy')).status).toBe(1);
    const dial = await host.bash('timeout 5 bash -c "exec 3<>/dev/tcp/127.0.0.1/8080"');
    // Nothing listens in the container: its own refusal comes back, so the packet went there.
    expect(dial.stderr).toContain('refused');
    expect(await host.mustBash('iptables --table nat --list-rules DOCKER')).toContain('--dport 8080 -j DNAT');
    await docker(`rm --force ${id}`);
  });

  it.each([
    ['cuts the logs of a container at three files of 10 MB', '', 3, [0, 31]],
    ['control: with another size they grow', '--log-opt max-size=500m --log-opt max-file=1', 1, [45, 100]],
  ])('%s', async (_, options, files, [least, most]) => {
    const id = await docker(`run --detach ${options} ${image} bash -c 'for _ in {1..45}; do head -c 786432 /dev/urandom | base64; done'`);
    await docker(`wait ${id}`);
    const sizes = (await host.mustBash(`stat --format=%s /var/lib/docker/containers/${id}/*.log*`)).split('\n').map(Number);
    const total = sizes.reduce((sum, size) => sum + size, 0) / 1e6;
    expect(sizes).toHaveLength(files);
    expect(total).toBeGreaterThan(least);
    expect(total).toBeLessThan(most);
    await docker(`rm ${id}`);
  });

  it('lets containers outlive the daemon', async () => {
    const id = await docker(`run --detach ${image} sleep infinity`);
    const pid = await docker(`inspect --format '{{.State.Pid}}' ${id}`);
    await restartDaemon();
    expect(await docker(`inspect --format '{{.State.Status}} {{.State.Pid}}' ${id}`)).toBe(`running ${pid}`);
    await docker(`rm --force ${id}`);
  });

  it('control: without live-restore they end with it', async () => {
    await host.mustBash(`grep -v live-restore ${config} >/tmp/daemon.json`);
    await restartDaemon('/tmp/daemon.json');
    const id = await docker(`run --detach ${image} sleep infinity`);
    await restartDaemon();
    expect(await docker(`inspect --format '{{.State.Status}}' ${id}`)).toBe('exited');
    await docker(`rm ${id}`);
  });
});

/** The instance metadata as EC2 has it: one step beyond the host. */
async function startMetadata() {
  const server = 'import socketserver as s; s.TCPServer(("169.254.169.254", 80), s.BaseRequestHandler).serve_forever()';
  await host.mustBash(`ip netns add outside && ip link add to-outside type veth peer name eth0 netns outside
    ip address add 10.99.0.1/30 dev to-outside && ip link set to-outside up
    ip netns exec outside bash -c 'ip link set lo up; ip address add 10.99.0.2/30 dev eth0; ip link set eth0 up
      ip address add 169.254.169.254/32 dev lo; ip route add default via 10.99.0.1'
    ip route replace 169.254.169.254/32 via 10.99.0.2
    ip netns exec outside python3 -c '${server}' >/dev/null 2>&1 &`);
  await until(async () => (await fromHost()).status === 0, { timeoutMs: 10_000, what: 'metadata answers the host' });
}

const ask = "timeout 3 bash -c 'exec 3<>/dev/tcp/169.254.169.254/80'";
const fromHost = () => host.bash(ask);
const fromContainer = (network = 'bridge') => host.bash(`docker run --rm --network ${network} ${image} ${ask}`);
const firstRule = async () => (await host.mustBash('iptables --list-rules DOCKER-USER')).split('\n')[1];
const closed = expect.stringMatching(/-d 169\.254\.169\.254\/32 -j REJECT/);

describe('block-metadata', () => {
  it('closes the metadata to containers of each network, not to the host; control: before it they are answered', async () => {
    await startMetadata();
    await docker('network create application');
    for (const network of ['bridge', 'application']) expect((await fromContainer(network)).status).toBe(0);
    expect((await host.bash(`${block} --check`)).status).toBe(1);

    expect(await host.mustBash(`${block} --dry-run`)).toContain('would reject');
    expect((await fromContainer()).status).toBe(0);

    await host.mustBash(block);
    for (const network of ['bridge', 'application']) expect((await fromContainer(network)).stderr).toMatch(/refused/);
    expect((await fromHost()).status).toBe(0);
    expect((await host.bash(`${block} --check`)).status).toBe(0);
  });

  it('a second run adds nothing', async () => {
    const before = await host.mustBash('iptables-save --table filter | grep -v ^#; ip6tables-save --table filter | grep -v ^#');
    expect(await host.mustBash(block)).toBe('');
    expect(await host.mustBash('iptables-save --table filter | grep -v ^#; ip6tables-save --table filter | grep -v ^#')).toBe(before);
  });

  it('takes a rule that stands behind another one for missing, and moves it', async () => {
    await host.mustBash('iptables --insert DOCKER-USER 1 --jump ACCEPT');
    expect((await fromContainer()).status).toBe(0);
    expect((await host.bash(`${block} --check`)).status).toBe(1);
    await host.mustBash(block);
    expect(await firstRule()).toEqual(closed);
    expect(await host.mustBash('iptables --list-rules DOCKER-USER | grep --count REJECT')).toBe('1');
    await host.mustBash('iptables --delete DOCKER-USER --jump ACCEPT');
  });

  it('outlives a restart of the daemon, and stands before its first start', async () => {
    await restartDaemon();
    expect(await firstRule()).toEqual(closed);
    await stopDaemon();
    await host.mustBash('iptables --flush && iptables --delete-chain');
    await host.mustBash(block);
    await startDaemon();
    expect((await fromContainer()).stderr).toMatch(/refused/);
  });

  it('without the right to see the firewall says so', async () => {
    const { bash } = await startContainer(await buildImage('tools'));
    expect(await bash(`${block} --check`)).toMatchObject({ status: 1, stderr: expect.stringContaining('Run as root') });
  });
});
