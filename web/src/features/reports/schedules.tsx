import { Button, Menu } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { api, client as calls, queries } from '../../api.ts';
import { useClientHere, useMay, useSession } from '../../session.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Row } from '../../ui/layout.tsx';
import { RowTitle } from '../../ui/row-title.tsx';
import { EmptyState, Notice } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import classes from './reports.module.css';
import { ScheduleDialog } from './schedule-dialog.tsx';
import { type Schedule, scheduleText } from './words.ts';

type Answer = Awaited<ReturnType<typeof calls.reports.schedules>>;
type Open = { readonly what: 'add' } | { readonly what: 'change' | 'remove'; readonly schedule: Schedule };

const refresh = () => queries.invalidateQueries({ queryKey: api.reports.key() });

/** Reports created automatically: when, on which paper size, and who gets a link. */
export function Schedules({ answer }: { answer: Answer | undefined }) {
  const { slug } = useClientHere();
  const mayMake = useMay('reports.make');
  const [open, setOpen] = useState<Open | null>(null);
  const columns = useMemo(
    () => columnsOf({ mayMake, onOpen: setOpen, onPause: (schedule) => void pause(slug, schedule) }),
    [mayMake, slug],
  );
  const close = () => setOpen(null);
  return (
    <>
      <div className={classes.above}>
        {answer === undefined ? null : <MailNotice mail={answer.mail} />}
        {mayMake && answer !== undefined && answer.items.length > 0 ? (
          <Button leftSection={<Icon name="plus" />} onClick={() => setOpen({ what: 'add' })}>
            Add a schedule
          </Button>
        ) : null}
      </div>
      <DataTable
        label="Report schedules"
        rows={answer?.items}
        columns={columns}
        rowId={(row) => row.id}
        empty={
          <EmptyState
            title="No schedules."
            action={
              mayMake ? (
                <Button leftSection={<Icon name="plus" />} onClick={() => setOpen({ what: 'add' })}>
                  Add a schedule
                </Button>
              ) : undefined
            }
          >
            A schedule creates a report automatically every week, month or quarter and can email a link to the
            people who need it.
          </EmptyState>
        }
      />
      {open?.what === 'add' ? <ScheduleDialog schedule={null} onClose={close} /> : null}
      {open?.what === 'change' ? (
        <ScheduleDialog key={open.schedule.id} schedule={open.schedule} onClose={close} />
      ) : null}
      {open?.what === 'remove' ? (
        <FormDialog
          opened
          onClose={close}
          title="Remove this schedule"
          submit="Remove schedule"
          final
          onSubmit={async () => {
            await calls.reports.removeSchedule({ client: slug, schedule: open.schedule.id });
            await refresh();
            toast({ kind: 'done', text: 'The schedule is removed. The reports it created stay.' });
            return true;
          }}
        >
          <p>
            {scheduleText(open.schedule)}: it will create no more reports. Reports it has already created
            stay. You can add a new schedule at any time.
          </p>
        </FormDialog>
      ) : null}
    </>
  );
}

async function pause(client: string, schedule: Schedule): Promise<void> {
  const { id, cadence, onDay, paper, recipients, version, paused } = schedule;
  try {
    const after = await calls.reports.changeSchedule({
      client,
      schedule: id,
      version,
      cadence,
      onDay,
      paper,
      recipients,
      paused: !paused,
    });
    toast({
      kind: 'done',
      text: after.paused
        ? 'Paused. No report is created until you resume it.'
        : `Resumed. The next report is created on ${dayWords(after.nextOn)}.`,
    });
  } catch (error) {
    toast({ kind: 'failed', text: explainError(error).text });
  }
  await refresh();
}

function MailNotice({ mail }: { mail: boolean }) {
  const { may } = useSession();
  if (mail)
    return (
      <Notice>
        Recipients get a message with the client’s name and a link. It contains no findings or figures, and
        opening the link requires signing in.
      </Notice>
    );
  return (
    <Notice mark="cannot_read">
      Mail is not set up, so no one is notified. Reports are still created and listed here.{' '}
      {may('workspace.settings', null) ? (
        <Link to="/settings">Set up mail</Link>
      ) : (
        'An Owner can set up mail in the settings.'
      )}
    </Notice>
  );
}

interface RowActs {
  readonly mayMake: boolean;
  readonly onOpen: (open: Open) => void;
  readonly onPause: (schedule: Schedule) => void;
}

function columnsOf({ mayMake, onOpen, onPause }: RowActs): readonly Column<Schedule>[] {
  const acts: Column<Schedule> = {
    id: 'acts',
    header: 'Change',
    quiet: true,
    width: '11rem',
    cell: (row) => (
      <Row as="span" align="stretch" nowrap inline>
        <Button size="xs" onClick={() => onPause(row)}>
          {row.paused ? 'Resume' : 'Pause'}
        </Button>
        <Menu position="bottom-end">
          <Menu.Target>
            <Button size="xs" aria-label={`More for ${scheduleText(row)}`}>
              <Icon name="more" />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<Icon name="pencil" />}
              onClick={() => onOpen({ what: 'change', schedule: row })}
            >
              Change
            </Menu.Item>
            <Menu.Item
              leftSection={<Icon name="trash" />}
              onClick={() => onOpen({ what: 'remove', schedule: row })}
            >
              Remove
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Row>
    ),
  };
  return [
    {
      id: 'when',
      header: 'When',
      evident: true,
      cell: (row) => (
        <RowTitle
          detail={row.recipients.length === 0 ? 'No one gets a link' : `Link to ${row.recipients.join(', ')}`}
        >
          {scheduleText(row)}
        </RowTitle>
      ),
    },
    {
      id: 'paper',
      header: 'Paper',
      width: '6rem',
      cell: (row) => (row.paper === 'letter' ? 'Letter' : 'A4'),
    },
    {
      id: 'next',
      header: 'Next report',
      width: '9rem',
      cell: (row) => (row.paused ? <span className="muted">Paused</span> : dayWords(row.nextOn)),
    },
    ...(mayMake ? [acts] : []),
  ];
}
