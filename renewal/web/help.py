"""帮助: what to do on each page, in a few sentences."""

SAVED = "“已保存”是存在这里，还没有交；看到“提交成功”才算交了。"
CODE = "续办码在每一步的顶上，换手机凭它接着办；不要告诉别人。"
SEEN = "您填的内容加密存放，只有您本人和办理的工作人员能看。"

BY_PAGE: dict[str, tuple[str, ...]] = {
    "portal/home": (
        "点“办理延续注册”开始。字看不清的，点“关怀版”。",
        "办过的，点“我的办件”；没办完、换了手机的，点“继续申报”。",
    ),
    "portal/profile": ("头像和昵称只在这里显示，不进申请材料；直接点“确定”就行。",),
    "portal/services": ("点一下要办的事项，先看办事指南。",),
    "portal/renewal": ("看看条件合不合、东西齐不齐，再点“在线办理”。", "东西不齐也能先办，填过的会保存。"),
    "portal/applications": ("点一件，看进度和回执。", "换了手机看不到的，点“用续办码继续”。", SEEN),
    "portal/application": ("最上面是现在的进度，下面是办理过程。", SEEN),
    "portal/my_data": (
        "这里是和您有关的信息：可以看、可以下载、可以删除。",
        "正在办理的件不能直接删，先到“我的办件”撤回。",
    ),
    "employer/ask": (
        "核对申请人和确认的内容，填好单位信息，选“确认”或者“不予确认”。",
        "不认识申请人，或者不归您办的，请不要填写，直接关掉。",
    ),
    "employer/outcome": ("单位已经答复，不用再做什么。",),
    "employer/paper": ("打印出来，请单位盖章、填写日期，交到窗口。",),
    "portal/receipt": ("这里只核对回执真伪，申请人看进度请到“我的办件”。",),
    "portal/resume": ("续办码不分大小写，中间的横线可以不填。", "填对了，就回到上次停下的那一步。"),
    "portal/phone": (
        "点“获取验证码”，把短信里的6位数字填进来，点“确认开通”。",
        "没收到的，过一分钟再点一次；还没有的，先继续办，不影响。",
        CODE,
    ),
    "portal/by_phone": ("填开通短信提醒的那个手机号码。", "号码换过、没开通过的，用续办码继续。"),
    "portal/photo": ("站在浅色墙前一步远，光线均匀，请人从正面拍到肩膀。", "拍好后不满意，可以再拍。"),
    "steps/verify": (
        "照身份证填写，末位X大小写都行。",
        "提示“未查询到该用户”的，是第一次在这里办，点“确定”去注册。",
        SEEN,
    ),
    "steps/register": ("姓名和号码已经带过来，核对后填手机号码。", SEEN),
    "steps/face": ("到亮处，脸正对镜头，不戴帽子、口罩。", "拍不成或者不想拍的，选“到窗口核验”。"),
    "steps/leaving": ("点按钮到服务商的页面刷脸，刷完会自己回到这里。", "不想去的，点“换一种方式”。"),
    "steps/waiting": ("稍等一会儿，结果出来会自己往下走。", "没有刷完脸就回来的，点“换一种方式”。"),
    "steps/notice": ("点“详情”看一条的全文；看完点“全选”，再点“下一步”。", CODE),
    "steps/details": ("不知道怎么填的先空着，问清楚再来。", SAVED, CODE),
    "steps/attachments": (
        "照片：站在浅色墙前一步远，光线均匀，请人从正面拍到肩膀；有一寸照的，从相册选。",
        "签名：在屏幕上签，或者用黑笔签在白纸上拍照。",
        CODE,
    ),
    "steps/commitment": ("看完选“本人作出上述承诺”，点“确认”。",),
    "steps/review": ("有误的点“修改”；都对了，点最下面的“提交申请”。", SAVED, SEEN),
    "steps/done": ("已经交了，不用再做什么；截图保存编号和续办码。", SEEN),
    "errors/error": ("按页面上的话做；还不行的，过一会儿再试。",),
}


def here(template: str) -> tuple[str, ...]:
    """What to do on the page of `template`. KeyError for a page that leaves its readers alone."""
    return BY_PAGE[template.removesuffix(".html")]
