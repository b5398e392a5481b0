import { Button, Result, Spin } from 'antd'
import { SignInPage } from './session/sign-in.tsx'
import { useSession } from './session/use-session.ts'
import { Workspace } from './shell/workspace.tsx'
import { app } from './wording.ts'

/** The gate: nobody, somebody, or a server that does not answer. */
export function App() {
  const { session, api, entered, expired, leave, restore } = useSession()
  switch (session.state) {
    case 'loading':
      return <Spin fullscreen description={app.loading} delay={300} />
    case 'unreachable':
      return (
        <Result
          status="warning"
          title={app.unreachable}
          subTitle={app.unreachableHint}
          extra={
            <Button type="primary" onClick={restore}>
              {app.retry}
            </Button>
          }
        />
      )
    case 'out':
      return <SignInPage api={api} expired={session.expired} onSignedIn={entered} />
    case 'in':
      return (
        <Workspace
          key={session.me.id}
          me={session.me}
          api={api}
          onExpired={expired}
          onLeave={leave}
        />
      )
  }
}
