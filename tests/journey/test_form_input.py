from renewal.journey.form_input import FormInput, Invalid, Repeated


def test_trouble_is_told_in_one_sentence_of_all():
    trouble = Invalid({"name": "请填写姓名", "phone": "请填写手机号码"}, {"name": ""})
    assert str(trouble) == "请填写姓名；请填写手机号码"
    assert (trouble.errors, trouble.typed) == ({"name": "请填写姓名", "phone": "请填写手机号码"}, {"name": ""})


def test_a_repeat_says_where_the_first_one_led_and_whether_it_said_the_same():
    repeated = Repeated("/renewal/notice", same=False)
    assert (str(repeated), repeated.path, repeated.same) == ("/renewal/notice", "/renewal/notice", False)


def test_the_same_form_sent_twice_is_one_and_the_same():
    assert FormInput("notice", 3, "fingerprint") == FormInput("notice", 3, "fingerprint")
    assert FormInput("notice", 3, "fingerprint") != FormInput("notice", 3, "other")


def test_a_picture_is_known_by_its_own_name_and_a_step_by_the_steps():
    assert FormInput("attachments", 3, "", part="portrait").form == "portrait"
    assert FormInput("attachments", 3, "").form == "attachments"


def test_no_file_came_unless_one_did():
    assert FormInput("face", 0, "").files("selfie") == ()
