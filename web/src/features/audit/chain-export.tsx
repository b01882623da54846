import { Button, Menu } from '@mantine/core';
import { Icon } from '../../ui/icon.tsx';
import type { Chain } from './chain.ts';

interface ChainExportProps {
  chain: Chain;
  from: string | undefined;
  to: string | undefined;
}

/**
 * The archive that `bylaw audit verify` can verify elsewhere. Plain links, since it may be large and is streamed to
 * disk. It contains every record of the chosen days regardless of the other filters, because a chain has no gaps.
 */
export function ChainExport({ chain, from, to }: ChainExportProps) {
  const days = [from === undefined ? null : `from ${from}`, to === undefined ? null : `to ${to}`]
    .filter((part) => part !== null)
    .join(' ');
  const address = (evidence: 'with' | 'without', assessment?: 'with') =>
    chain.archive({ from, to, evidence, assessment });
  return (
    <Menu>
      <Menu.Target>
        <Button leftSection={<Icon name="download" />}>Export the chain</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{days === '' ? 'Every record' : `Every record ${days}`}, to verify elsewhere</Menu.Label>
        {chain.slug === null ? (
          <Menu.Item component="a" href={address('without')} download>
            As an archive (.tar)
          </Menu.Item>
        ) : (
          <>
            <Menu.Item component="a" href={address('with', 'with')} download>
              For an auditor: evidence and assessment results (.tar)
            </Menu.Item>
            <Menu.Item component="a" href={address('with')} download>
              With evidence files (.tar)
            </Menu.Item>
            <Menu.Item component="a" href={address('without')} download>
              Without evidence files (.tar)
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
