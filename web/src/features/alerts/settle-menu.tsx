import { Button, Menu } from '@mantine/core';
import { Icon } from '../../ui/icon.tsx';
import { type Act, OUTCOME_WORDS, OUTCOMES, type Outcome } from './words.ts';

interface SettleMenuProps {
  /** The current outcome, if it has one. */
  readonly not?: Outcome | undefined;
  /** Whether similar alerts can be silenced. */
  readonly silences?: boolean;
  readonly size?: 'xs';
  readonly onChoose: (act: Exclude<Act, 'step' | 'reopen'>) => void;
}

/** The three outcomes of alerts in one menu. */
export function SettleMenu({ not, silences = false, size, onChoose }: SettleMenuProps) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button {...(size === undefined ? {} : { size })} rightSection={<Icon name="sort-down" size={12} />}>
          Settle
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {OUTCOMES.filter((one) => one !== not).map((one) => (
          <Menu.Item key={one} onClick={() => onChoose(one)}>
            {OUTCOME_WORDS[one].name}…
          </Menu.Item>
        ))}
        {silences ? (
          <>
            <Menu.Divider />
            <Menu.Item onClick={() => onChoose('silence')}>Silence…</Menu.Item>
          </>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}
