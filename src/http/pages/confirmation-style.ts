/** One sheet of A4 on paper, a page of one column on a phone; colours of the product's theme. */
export const STYLE = `
*{box-sizing:border-box}
body{margin:0;background:#f6f9f8;color:#1b2a2f;font:14px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;overflow-wrap:anywhere}
main{max-width:210mm;margin:16px auto;padding:16mm;background:#fff}
h1{font-size:24px;line-height:1.3;text-align:center;margin:0 0 4px;letter-spacing:.08em}
.no{text-align:center;color:#55666c;margin:0 0 20px}
h2{font-size:16px;margin:28px 0 8px;padding-bottom:4px;border-bottom:1px solid #0b6b5d;color:#0b6b5d;break-after:avoid}
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 16px;margin:0}
dt{color:#55666c}dd{margin:0}
article{margin:12px 0;padding:8px 12px;border:1px solid #c8d3d1;border-radius:8px}
article.ours{border-color:#1b2a2f}
article.machine{background:#eef5f3;border-color:#0b6b5d}
article header{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 16px;break-after:avoid}
.words{margin:4px 0 0;white-space:pre-wrap;orphans:3;widows:3}
.muted,time,small{color:#55666c;font-size:12px}
.mark{color:#8a5300}
.was{margin-top:8px;padding-left:12px;border-left:2px solid #c8d3d1;color:#55666c}
.late{color:#b3261e}.kept{color:#1e6b3a}
ul,ol{margin:4px 0 0;padding-left:20px}
table{width:100%;margin-top:8px;border-collapse:collapse;font-variant-numeric:tabular-nums}
th,td{text-align:left;vertical-align:top;padding:4px 12px 4px 0;border-bottom:1px solid #dde5e3}
th{color:#55666c;font-weight:400}tr{break-inside:avoid}th:last-child,td:last-child{white-space:nowrap;padding-right:0}
time{font-variant-numeric:tabular-nums}td time,dd time{color:inherit;font-size:inherit}
bdi,.words{unicode-bidi:isolate}
code{font:12px/1.6 ui-monospace,Consolas,monospace}
footer{margin-top:28px;padding-top:8px;border-top:1px solid #c8d3d1}footer p{margin:0 0 4px}
@media(max-width:600px){main{margin:0;padding:20px 16px}dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:8px}
thead{display:none}tr,td{display:block}tr{padding:8px 0;border-bottom:1px solid #dde5e3}td{border:0;padding:0}td[data-name]::before{content:attr(data-name) "：";color:#55666c}}
@media print{@page{size:A4;margin:16mm 14mm}body{background:none;font-size:10.5pt}main{max-width:none;margin:0;padding:0}
article.machine{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
`
