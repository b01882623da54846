import { useQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { useMay } from '../../session.tsx';
import { AppLink } from '../controls/link-button.tsx';
import classes from './deployment.module.css';

/** One line on Home while the deployment is incomplete: its progress and the next task. */
export function DeploymentLine({ slug }: { slug: string }) {
  const may = useMay('deployment.read');
  const mayControls = useMay('controls.read');
  const { data } = useQuery({
    ...api.deployment.summary.queryOptions({ input: { client: slug } }),
    enabled: may && mayControls,
  });
  if (data === undefined || data.completion.complete) return null;
  const { next, completion } = data;
  return (
    <section className={classes.home} aria-label="Deployment">
      <p>
        <strong>Deployment</strong>: {completion.words}{' '}
        {next === null ? null : (
          <>
            Next: <AppLink href={`/c/${slug}/deployment/${next.id}`}>{next.action}</AppLink>
          </>
        )}
      </p>
      <AppLink href={`/c/${slug}/deployment`}>Open the deployment</AppLink>
    </section>
  );
}
