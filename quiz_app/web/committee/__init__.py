"""党委办公室: released reports, 签阅 and 批示意见, issued lists."""
