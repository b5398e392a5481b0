import { Alert, Button, Form, Input } from 'antd'
import { useState } from 'react'
import type { Me } from '../../../protocol/http.ts'
import { type Api, Problem, type SignIn } from '../api.ts'
import { app, signIn as words } from '../wording.ts'
import './sign-in.css'

interface Props {
  api: Api
  expired: boolean
  onSignedIn(me: Me): void
}

/** Name and password, and the second factor only when the server asks for it. */
export function SignInPage(props: Props) {
  const { busy, needsOtp, refusal, submit } = useSignIn(props)
  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <p className="sign-in-brand">{app.name}</p>
        <h1>{words.title}</h1>
        <div aria-live="polite">
          {refusal && (
            <Alert type={refusal === words.expired ? 'info' : 'error'} title={refusal} showIcon />
          )}
        </div>
        <Form layout="vertical" requiredMark={false} onFinish={submit} disabled={busy} size="large">
          <Form.Item name="username" label={words.username} rules={required}>
            <Input autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus />
          </Form.Item>
          <Form.Item name="password" label={words.password} rules={required}>
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          {needsOtp && (
            <Form.Item name="otp" label={words.otp} rules={required} extra={words.otpHint}>
              <Input inputMode="numeric" autoComplete="one-time-code" maxLength={16} autoFocus />
            </Form.Item>
          )}
          <Button type="primary" htmlType="submit" block loading={busy}>
            {words.submit}
          </Button>
        </Form>
      </div>
    </main>
  )
}

function useSignIn({ api, expired, onSignedIn }: Props) {
  const [busy, setBusy] = useState(false)
  const [needsOtp, setNeedsOtp] = useState(false)
  const [refusal, setRefusal] = useState(expired ? words.expired : '')
  const submit = async (credentials: SignIn) => {
    setBusy(true)
    try {
      onSignedIn(await api.signIn(credentials))
    } catch (error) {
      const asks = error instanceof Problem && error.detail === 'otp-required'
      setNeedsOtp(asks || needsOtp)
      setRefusal(asks ? '' : refusalText(error, needsOtp))
      setBusy(false)
    }
  }
  return { busy, needsOtp, refusal, submit }
}

const required = [{ required: true, message: words.missing }]

function refusalText(error: unknown, withOtp: boolean): string {
  if (!(error instanceof Problem)) return words.unreachable
  if (error.code === 'locked') return words.locked(Math.ceil((error.retryAfter ?? 900) / 60))
  if (error.code === 'not-signed-in') {
    // The server does not tell which of the two was wrong unless it says so in `detail`.
    return withOtp && error.detail?.startsWith('otp') ? words.wrongOtp : words.wrong
  }
  return error.message
}
