// The one peer without a ready script: Sentry's SDK with `@sentry-internal/feedback`, as its guide says, for the bench to bundle.
// @ts-expect-error: it is there only once the bench has installed it
import { feedbackIntegration, init } from '@sentry/browser'

init({ dsn: `${location.protocol}//key@${location.host}/1`, integrations: [feedbackIntegration({ colorScheme: 'light' })] })
