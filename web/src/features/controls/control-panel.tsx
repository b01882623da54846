import { useQuery } from '@tanstack/react-query';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { api } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { Facts } from '../../ui/card.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { Severity } from '../../ui/severity.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { LoadFailed, Notice } from '../../ui/states.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { EvidenceLine, Items, WithEnterprise } from './control-parts.tsx';
import classes from './controls.module.css';
import { LinkButton } from './link-button.tsx';
import { leadOf } from './words.ts';

/** Maximum number of items that the panel lists; the page lists all. */
const MAX_ITEMS = 8;

/** A control beside the list: what it is, the people or things it names, its evidence, and the next step. */
export function ControlPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { slug } = useClientHere();
  const load = useQuery(api.controls.get.queryOptions({ input: { client: slug, control: id } }));
  const may = {
    people: useMay('people.read'),
    imports: useMay('imports.write'),
    attest: useMay('attestations.write'),
    charter: useMay('charter.edit'),
  };
  const control = load.data;
  if (control === undefined)
    return (
      <SidePanel
        title={load.error === null ? 'Loading…' : 'This control could not be loaded.'}
        code={id}
        onClose={onClose}
      >
        <LoadFailed load={load} what={`${id} could not be loaded.`} />
      </SidePanel>
    );
  const lead = leadOf({ slug, control, may });
  const more = control.items.length - MAX_ITEMS;
  return (
    <SidePanel
      title={control.title}
      code={control.id}
      onClose={onClose}
      actions={<LinkButton href={`/c/${slug}/controls/${control.short}`}>Open control</LinkButton>}
    >
      <Stack gap="lg">
        <Row as="p">
          <VerdictMark state={control.state} look="badge" />
          <Severity level={control.severity} />
        </Row>
        <p className={classes.reason}>{control.reason}</p>
        {control.question === null ? null : <Notice>{control.question}</Notice>}
        {control.items.length === 0 ? null : (
          <Stack gap="xs">
            <Items slug={slug} control={control} max={MAX_ITEMS} />
            {more > 0 ? <p className="small muted">and {more} more on the control’s page</p> : null}
          </Stack>
        )}
        <WithEnterprise lacks={control.lacks} />
        {lead === null ? null : (
          <LinkButton href={lead.href} variant="filled" fullWidth>
            {lead.label}
          </LinkButton>
        )}
        <Facts
          facts={[
            [
              'Based on',
              control.evidence.length === 0 ? (
                <span className="muted">No file or event</span>
              ) : (
                <Stack key="evidence" gap="sm">
                  {control.evidence.slice(0, 4).map((one) => (
                    <EvidenceLine
                      key={`${one.kind} ${one.file} ${one.row} ${one.says}`}
                      slug={slug}
                      evidence={one}
                    />
                  ))}
                </Stack>
              ),
            ],
            [
              'Valid until',
              control.goodUntil === null ? (
                <span className="muted">No reading expires</span>
              ) : (
                `${dayWords(control.goodUntil)}, then Cannot read`
              ),
            ],
            ...(control.due === null ? [] : [['Due', dayWords(control.due)] as const]),
            [
              'Assigned to',
              control.assignment.owner === null ? (
                <span className="muted">Unassigned</span>
              ) : (
                `${control.assignment.owner.name}${control.assignment.due === null ? '' : `, due ${dayWords(control.assignment.due)}`}`
              ),
            ],
            [
              'Guide',
              control.sections.length === 0 ? (
                <span className="muted">Not in the guide</span>
              ) : (
                control.sections.join(', ')
              ),
            ],
            ['Since', <When key="since" at={control.since} />],
          ]}
        />
      </Stack>
    </SidePanel>
  );
}
