import { useQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { useMay } from '../../session.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { Fold } from '../../ui/lines.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { AppLink } from '../controls/link-button.tsx';
import { stateWords } from './words.ts';

/** The state of each of the guide's Conditional Access policies, for pages about what they do not cover. */
export function PolicyStates({ slug }: { slug: string }) {
  const may = useMay('charter.read');
  const load = useQuery({
    ...api.conditionalAccess.show.queryOptions({ input: { client: slug } }),
    enabled: may,
  });
  const { data } = load;
  if (!may || data === undefined) return null;
  return (
    <div className="gutter">
      <Fold summary="Conditional Access, which does not cover personal accounts">
        <Stack gap="xs">
          {data.observed.why === null ? (
            data.templates.map(({ id, title, made, control, offered }) => (
              <Row key={id} gap="md">
                {control.state === null ? null : <VerdictMark state={control.state} />}
                <span>
                  <AppLink href={`/c/${slug}/conditional-access?policy=${id}`}>{title}</AppLink>:{' '}
                  {made !== null
                    ? stateWords(made.state)
                    : offered === 'no'
                      ? 'not licensed'
                      : 'no policy was created for it'}
                </span>
              </Row>
            ))
          ) : (
            <VerdictMark state="cannot_read">{data.observed.why}</VerdictMark>
          )}
          <AppLink href={`/c/${slug}/conditional-access`}>Open Conditional Access</AppLink>
        </Stack>
      </Fold>
    </div>
  );
}
