// A whole machine, set up from nothing by the user data: kernel, systemd, cloud-init and packages are real, in QEMU with
// 2 processors and 2 GB. Where QEMU has to emulate it takes a quarter of an hour (KVM is used where it works), so it
// runs on demand: TEST_HOST_MACHINE=1.
import fs from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { buildImage, run, startContainer, until } from './host/containers.mjs';

vi.setConfig({ testTimeout: 900_000, hookTimeout: 2_400_000 });

const tune = 'sudo /opt/host-setup/scripts/ec2-tune.sh';
const ssh = 'ssh -q -i /seed/key -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o ConnectTimeout=30';

let hypervisor;

/** The seed that cloud-init finds at the first boot: the user data as `launch` makes it, and a key for both users. */
async function writeSeed() {
  await hypervisor.mustBash(`mkdir /seed && ssh-keygen -q -t ed25519 -N '' -C test -f /seed/key
    /repo/infra/ec2/launch --user-data --deploy-key /seed/key.pub >/seed/user-data
    printf '%s\\n' 'instance-id: i-test' 'local-hostname: box' "public-keys: ['$(cat /seed/key.pub)']" >/seed/meta-data`);
}

const as = (user) => (script) => run('docker', ['exec', hypervisor.id, ...ssh.split(' '), `${user}@127.0.0.1`, script]);
const admin = as('debian');
const deploy = as('deploy');

async function mustAdmin(script) {
  const { status, stdout, stderr } = await admin(script);
  if (status !== 0) throw new Error(`${script} ended with ${status}: ${stdout}${stderr}`);
  return stdout.trim();
}

const linesOf = (verdict, text) => text.match(new RegExp(`^${verdict}\\b.*`, 'gm')) ?? [];

describe.skipIf(process.env.TEST_HOST_MACHINE !== '1')('a machine set up by the user data', () => {
  beforeAll(async () => {
    const kvm = fs.existsSync('/dev/kvm') ? ['--device', '/dev/kvm'] : [];
    hypervisor = await startContainer(await buildImage('hypervisor'), { options: kvm, keep: true });
    await writeSeed();
    await hypervisor.mustBash('setsid boot >/console.log 2>&1 </dev/null &');
    // Its SSH server starts anew meanwhile, so no single connection waits for the end.
    await until(async () => (await admin('test -e /var/lib/cloud/instance/boot-finished')).status === 0, {
      timeoutMs: 2_100_000,
      everyMs: 5_000,
      what: 'the first boot has ended',
    });
  });
  afterAll(() => hypervisor?.remove());

  it('ends its first boot without an error, and as it is wanted', async () => {
    expect(await mustAdmin('cloud-init status --long; sudo cat /var/log/host-check.log')).toMatch(/^status: done$/m);
    const check = await mustAdmin(`${tune} --check`);
    expect(linesOf('drift', check)).toEqual([]);
    expect(linesOf('ok', check).length).toBeGreaterThan(20);
    expect(linesOf('skip', check)).toEqual([expect.stringContaining('metadata without a token')]);
  });

  it('changes nothing a second time', async () => {
    expect(await mustAdmin(tune)).toBe('0 changed');
  });

  it('lets the user deploy at Docker, not at root, and nobody in with a password', async () => {
    expect((await deploy('docker compose version && docker info --format "{{.LiveRestoreEnabled}} {{.LoggingDriver}}"')).stdout).toContain(
      'true json-file',
    );
    expect((await deploy('sudo --non-interactive true')).status).not.toBe(0);
    expect(await mustAdmin('sudo sshd -T')).toMatch(/^passwordauthentication no$/m);
    expect((await deploy('stat --format "%U %a" /srv/production')).stdout.trim()).toBe('deploy 750');
  });

  it('can be looked at by the user deploy, who cannot change it', async () => {
    const check = await deploy('/opt/host-setup/scripts/ec2-tune.sh --check');
    expect(check).toMatchObject({ status: 0, stdout: expect.stringContaining('only root sees the firewall') });
    expect(await deploy('/opt/host-setup/scripts/ec2-tune.sh')).toMatchObject({ status: 1, stderr: expect.stringContaining('needs root') });
  });

  it('caps the journal, prunes, and can take updates', async () => {
    expect(await mustAdmin('sudo journalctl --unit systemd-journald --output cat')).toMatch(/System Journal .* max 200M/);
    await mustAdmin('sudo systemctl start docker-prune.service');
    await mustAdmin('sudo unattended-upgrade --dry-run');
    expect(await mustAdmin('apt-config dump APT::Periodic::Unattended-Upgrade')).toContain('"1"');
  });

  it('names what has drifted, and mends it; control for the green before', async () => {
    await mustAdmin(`sudo sysctl --write vm.swappiness=60 && sudo swapoff /swapfile && sudo systemctl stop docker-prune.timer
      sudo iptables --flush DOCKER-USER && echo never | sudo tee /sys/kernel/mm/transparent_hugepage/enabled`);
    const { status, stdout } = await admin(`${tune} --check`);
    expect(status).toBe(1);
    expect(linesOf('drift', stdout).map((line) => line.replace(/^drift +(.*?) +wanted.*/, '$1'))).toEqual([
      'vm.swappiness',
      'transparent huge pages',
      '/swapfile of 1024 MB',
      'docker-prune.timer',
      'metadata for containers',
    ]);
    expect(await mustAdmin(tune)).toMatch(/^5 changed$/m);
    await mustAdmin(`${tune} --check`);
  });

  it('keeps its swap when a larger one does not fit on the disk', async () => {
    const answer = await admin(`${tune} --swap-size 100G`);
    expect(answer).toMatchObject({ status: 1, stderr: expect.stringContaining('less than 1 GB of disk') });
    expect(await mustAdmin('cat /proc/swaps')).toContain('/swapfile');
  });

  it('is the same after a restart', async () => {
    const before = await mustAdmin('cat /proc/sys/kernel/random/boot_id');
    await admin('sudo systemctl reboot');
    await until(async () => ![before, ''].includes((await admin('cat /proc/sys/kernel/random/boot_id')).stdout.trim()), {
      timeoutMs: 900_000,
      everyMs: 3_000,
      what: 'the machine is back',
    });
    await admin('systemctl is-system-running --wait');
    expect(await admin(`${tune} --check`)).toMatchObject({ status: 0, stdout: expect.not.stringMatching(/^drift/m) });
  });
});
