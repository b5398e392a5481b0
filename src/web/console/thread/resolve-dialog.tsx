import { Alert, Button, Form, Input, Modal, Radio } from 'antd'
import { useRef, useState } from 'react'
import { OUTCOMES, type Outcome } from '../../../protocol/vocabulary.ts'
import { mintId } from '../../shared/mint.ts'
import { useConsole } from '../shell/console-context.ts'
import { resolve as words } from '../wording.ts'
import { refusalText } from './refusal-text.ts'

interface Props {
  thread: string
  replied: boolean
  onClose(): void
}
interface Values {
  outcome: Outcome
  summary: string
}

/** Ends a consultation with an outcome and a summary that the enterprise reads too. */
export function ResolveDialog({ thread, replied, onClose }: Props) {
  const [form] = Form.useForm<Values>()
  const { busy, refusal, submit } = useResolve(thread, onClose)
  return (
    <Modal
      open
      title={words.title}
      onCancel={onClose}
      mask={{ closable: false }}
      footer={[
        <Button key="cancel" onClick={onClose}>
          {words.cancel}
        </Button>,
        <Button key="ok" type="primary" loading={busy} onClick={() => form.submit()}>
          {words.submit}
        </Button>,
      ]}
    >
      {!replied && <Alert type="warning" showIcon title={words.noReply} />}
      {refusal && <Alert type="error" showIcon title={refusal} />}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={submit}
        initialValues={{ outcome: 'answered', summary: '' }}
      >
        <ResolveFields />
      </Form>
    </Modal>
  )
}

function useResolve(thread: string, onDone: () => void) {
  const { desk } = useConsole()
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState('')
  // One id per dialog: a second press after a lost answer is the same command.
  const id = useRef(mintId())

  const submit = async ({ outcome, summary }: Values) => {
    setBusy(true)
    setRefusal('')
    try {
      await desk.command({ type: 'resolve', id: id.current, thread, outcome, summary })
      onDone()
    } catch (error) {
      setRefusal(refusalText(error))
      setBusy(false)
    }
  }
  return { busy, refusal, submit }
}

function ResolveFields() {
  const options = OUTCOMES.map((value) => ({ value, label: words.options[value] }))
  return (
    <>
      <Form.Item name="outcome" label={words.outcome}>
        <Radio.Group options={options} vertical />
      </Form.Item>
      <Form.Item
        name="summary"
        label={words.summary}
        extra={words.summaryHint}
        rules={[{ required: true, whitespace: true, message: words.missing }]}
      >
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} maxLength={4000} autoFocus />
      </Form.Item>
    </>
  )
}
