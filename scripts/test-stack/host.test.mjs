// The host's set-up, without a machine: files in a container, kernel and services left alone. What needs a kernel and
// systemd of its own is proved in host-machine.test.mjs.
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { buildImage, startContainer } from './host/containers.mjs';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 600_000 });

const tune = '/repo/scripts/ec2-tune.sh';
const distributions = {
  amazon: 'ID="amzn"\nID_LIKE="fedora"',
  debian: 'ID=debian',
  ubuntu: 'ID=ubuntu\nID_LIKE=debian',
};

let tools;
beforeAll(async () => {
  tools = await buildImage('tools');
});

/** A folder that is the root of a freshly installed distribution, as far as ec2-tune looks at it. */
async function startWithRoot(release) {
  const container = await startContainer(tools);
  await container.mustBash(`mkdir -p /target/etc && printf '%s\\n' '${release}' >/target/etc/os-release`);
  return { ...container, listing: () => container.mustBash("cd /target && find . -printf '%p %m %s %T@\\n' | sort") };
}

describe.each(Object.entries(distributions))('ec2-tune.sh on %s, files only', (name, release) => {
  it('is red before, green after, and changes nothing a second time', async () => {
    const { bash, mustBash, listing } = await startWithRoot(release);
    const before = await bash(`${tune} --check --root /target`);
    expect(before.status).toBe(1);
    expect(before.stdout).not.toMatch(/^ok/m);
    const drifts = before.stdout.match(/^drift/gm).length;

    expect(await mustBash(`${tune} --root /target`)).toMatch(new RegExp(`^${drifts} changed$`, 'm'));
    const listed = await listing();
    expect(listed).toContain('./usr/local/sbin/block-metadata 755');

    expect(await mustBash(`${tune} --root /target`)).toBe('0 changed');
    expect(await listing()).toBe(listed);

    const after = await bash(`${tune} --check --root /target`);
    expect(after).toMatchObject({ status: 0, stderr: '' });
    expect(after.stdout.match(/^ok/gm)).toHaveLength(drifts);
    expect(after.stdout).toMatch(/^skip .*kernel, swap, services/m);
  });

  it('installs the security updates of its own distribution only', async () => {
    const { mustBash } = await startWithRoot(release);
    await mustBash(`${tune} --root /target`);
    const files = await mustBash('cd /target && find etc -type f');
    expect(files.includes('etc/dnf/automatic.conf')).toBe(name === 'amazon');
    expect(files.includes('etc/apt/apt.conf.d/90-single-box')).toBe(name !== 'amazon');
  });
});

describe('ec2-tune.sh', () => {
  it('names the one file that was changed by hand, and mends it', async () => {
    const { bash, mustBash } = await startWithRoot(distributions.debian);
    await mustBash(`${tune} --root /target && sed -i s/10m/999m/ /target/etc/docker/daemon.json`);
    const { status, stdout } = await bash(`${tune} --check --root /target`);
    expect(status).toBe(1);
    expect(stdout.match(/^drift.*/gm)).toEqual([expect.stringMatching(/daemon\.json .*wanted same .*actual different/)]);
    expect(await mustBash(`${tune} --root /target`)).toMatch(/^1 changed$/m);
    await mustBash(`${tune} --check --root /target`);
  });

  it('with --dry-run says what it would do, and does nothing', async () => {
    const { mustBash, listing } = await startWithRoot(distributions.debian);
    const before = await listing();
    expect(await mustBash(`${tune} --dry-run --root /target`)).toMatch(/would .*daemon\.json[\s\S]*would change$/);
    expect(await listing()).toBe(before);
  });

  it.each([
    ['an unknown distribution', 'ID=gentoo', '', 1, 'neither Amazon Linux, Debian nor Ubuntu'],
    ['an unknown option', 'ID=debian', '--chekc', 2, 'no option "--chekc"'],
    ['a size that is none', 'ID=debian', '--swap-size lots', 2, 'is no size'],
    ['a folder that is not there', 'ID=debian', '--root /nowhere', 1, 'no folder'],
  ])('refuses %s', async (_, ...refusal) => {
    const [release, option, status, message] = refusal;
    const { bash } = await startWithRoot(release);
    const answer = await bash(`${tune} --root /target ${option}`);
    expect(answer).toMatchObject({ status, stderr: expect.stringContaining(message) });
  });

  it('refuses to change a host without root', async () => {
    const { bash } = await startContainer(tools, { options: ['--user', '1000'] });
    expect(await bash(tune)).toMatchObject({ status: 1, stderr: expect.stringContaining('needs root') });
  });

  it.each([
    [401, 'ok', 'refused'],
    [403, 'ok', 'refused'],
    [200, 'drift', 'answered with 200'],
  ])('takes metadata that answers %i without a token as %s', async (status, verdict, actual) => {
    const container = await startContainer(tools, { options: ['--cap-add', 'NET_ADMIN'] });
    // This test must not ask the metadata service of the machine that it runs on.
    await container.mustBash('ip route add unreachable 169.254.169.254/32');
    expect((await container.bash(`${tune} --check`)).stdout).toMatch(/^skip +metadata without a token/m);
    await answerMetadata(container, status);
    const { stdout } = await container.bash(`${tune} --check`);
    expect(stdout).toMatch(new RegExp(`^${verdict} +metadata without a token +wanted refused +actual ${actual}$`, 'm'));
  });
});

/** A metadata service on the link-local address, inside the container's own network. */
async function answerMetadata({ mustBash }, status) {
  const server = `import http.server as h
class Answer(h.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(${status}); self.end_headers()
h.HTTPServer(("169.254.169.254", 80), Answer).serve_forever()`;
  await mustBash(`ip route del unreachable 169.254.169.254/32 && ip address add 169.254.169.254/32 dev lo && (python3 -c '${server}' >/dev/null 2>&1 &)
    for _ in {1..50}; do (exec 3<>/dev/tcp/169.254.169.254/80) 2>/dev/null && exit 0; sleep 0.1; done; exit 1`);
}

describe('install-docker', () => {
  it.each([
    ['ID=debian', 'docker-compose'],
    ['ID=ubuntu', 'docker-compose-v2'],
    ['ID=amzn', 'docker-compose-plugin'],
  ])('takes the packages of %s', async (release, compose) => {
    const { mustBash } = await startWithRoot(release);
    const words = (await mustBash('/repo/infra/ec2/install-docker --dry-run --root /target')).split(/\s+/);
    expect(words).toContain(compose);
    // It owns a file of Amazon's engine: the two cannot be installed together.
    expect(words).not.toContain('docker-buildx-plugin');
  });
});

describe('daemon.json', () => {
  it('is understood by dockerd', async () => {
    const { bash } = await startContainer(tools);
    expect(await bash('dockerd --validate --config-file /repo/infra/ec2/daemon.json')).toMatchObject({ status: 0 });
  });

  it.each([
    ['control: a misspelt key is refused', 'sed s/live-restore/live-restor/ /repo/infra/ec2/daemon.json >/d.json', ''],
    ["control: Amazon's own flag beside it is refused", 'cp /repo/infra/ec2/daemon.json /d.json', '--default-ulimit nofile=1:2'],
  ])('%s', async (_, prepare, flag) => {
    const { bash } = await startContainer(tools);
    expect((await bash(`${prepare} && dockerd --validate --config-file /d.json ${flag}`)).status).toBe(1);
  });

  it('is not installed when dockerd refuses it', async () => {
    const { bash } = await startWithRoot(distributions.debian);
    const answer = await bash(`cp -r /repo/scripts /repo/infra /tmp && sed -i s/live-restore/live-restor/ /tmp/infra/ec2/daemon.json
      /tmp/scripts/ec2-tune.sh --root /target; status=$?; test ! -e /target/etc/docker/daemon.json || exit 9; exit $status`);
    expect(answer).toMatchObject({ status: 1, stderr: expect.stringContaining('live-restor') });
  });
});

describe('timers and services', () => {
  const prepare = 'mkdir /units && cp /repo/infra/ec2/*.{service,timer} /units && ln -s /repo /srv/production && ln -s /repo /srv/drill';

  it.each([
    ['are taken by systemd, and what they start is there', 'true', /^$/],
    ['control: a misspelt key is named', 'sed -i s/ExecStart=/ExecStrat=/ /units/heal.service', /ExecStrat/],
    ['control: a script that is not there is named', 'sed -i s#scripts/heal#scripts/heel# /units/heal.service', /scripts\/heel/],
  ])('%s', async (_, change, complaint) => {
    const { bash } = await startContainer(tools);
    expect((await bash(`${prepare} && ${change} && systemd-analyze verify /units/*`)).stderr).toMatch(complaint);
  });
});

describe('user data', () => {
  const render =
    "ssh-keygen -q -t ed25519 -N '' -C 'ci & deploys' -f /key && /repo/infra/ec2/launch --user-data --deploy-key /key.pub >/user-data";

  it('fits the schema of cloud-init and the limit of EC2, and carries the files as they are', async () => {
    const { mustBash } = await startContainer(tools);
    await mustBash(`${render} && cloud-init schema --config-file /user-data`);
    expect(Number(await mustBash('wc -c </user-data'))).toBeLessThanOrEqual(16_384);
    expect(await mustBash('grep -F "$(cat /key.pub)" /user-data')).not.toBe('');
    expect(await mustBash('! grep -n @ /user-data | grep -v "marked by @"')).toBe('');
    await mustBash(`grep -A 3 host-setup.tar.gz /user-data | sed -n "s/ *content: '\\(.*\\)'/\\1/p" | base64 -d >/setup.tar.gz
      mkdir /setup && tar -xzf /setup.tar.gz -C /setup
      cd /setup && find . -type f | sort | tee /files | while read -r file; do cmp "$file" "/repo/$file" || exit 1; done
      grep -q infra/ec2/daemon.json /files && test -x scripts/ec2-tune.sh`);
  });

  it('control: the schema refuses a misspelt module', async () => {
    const { bash } = await startContainer(tools);
    expect(
      (await bash(`${render} && sed -i s/write_files:/write_filez:/ /user-data && cloud-init schema --config-file /user-data`)).status,
    ).toBe(1);
  });

  it('is not made with a private key', async () => {
    const { bash } = await startContainer(tools);
    const answer = await bash(`${render}; /repo/infra/ec2/launch --user-data --deploy-key /key`);
    expect(answer).toMatchObject({ status: 1, stderr: expect.stringContaining('public key') });
  });
});

// The AWS CLI checks a command against the API's own model, and answers with a sample, without calling anyone.
describe('commands for AWS', () => {
  const validate = (command) => `export AWS_DEFAULT_REGION=eu-central-1; eval "$(${command}) --generate-cli-skeleton output"`;
  const launch = '/repo/infra/ec2/launch --dry-run --security-group sg-1 --deploy-key /dev/null';

  it.each([
    ['', 'al2023-ami-kernel-default-arm64', '/dev/xvda'],
    ['--os debian --type t3.small', 'debian/release/13/latest/amd64', '/dev/xvda'],
    ['--os ubuntu --ssm box --subnet subnet-1 --key-pair me', '24.04/stable/current/arm64', '/dev/sda1'],
  ])('launch %s: only IMDSv2, hop limit 1, encrypted disk', async (options, image, device) => {
    const { mustBash } = await startContainer(tools);
    const command = (await mustBash(`${launch} ${options}`)).replaceAll('\\', '');
    expect(command).toContain('HttpTokens=required,HttpPutResponseHopLimit=1');
    expect(command).toContain(`DeviceName=${device},Ebs={VolumeSize=20,VolumeType=gp3,Encrypted=true`);
    expect(command).toContain(image);
    await mustBash(validate(`${launch} ${options}`));
  });

  it('require-imdsv2 sets tokens and hop limit', async () => {
    const { mustBash } = await startContainer(tools);
    const command = '/repo/infra/ec2/require-imdsv2 --dry-run i-1';
    expect(await mustBash(command)).toMatch(/--http-tokens required --http-put-response-hop-limit 1/);
    await mustBash(validate(command));
  });

  it('control: the check refuses an option that the API does not have', async () => {
    const { bash } = await startContainer(tools);
    expect((await bash(validate('echo aws ec2 modify-instance-metadata-options --instance-id i-1 --http-hops 1'))).status).not.toBe(0);
  });
});
